-- For docker-compose.yml, after roles.sql: batch and app log in with passwords from the environment. Run by psql, as a superuser.
\getenv batch_password BATCH_PASSWORD
\getenv app_password APP_PASSWORD
ALTER ROLE batch PASSWORD :'batch_password';
ALTER ROLE app PASSWORD :'app_password';

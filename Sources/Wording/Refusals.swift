public import Domain

extension Refusal {
    /// What was refused and why, for the person who asked. The rule's code is printed before it by whoever shows it.
    public func sentence(in language: Language) -> String {
        func fact(_ index: Int) -> String { index < facts.count ? facts[index] : "" }
        let (a, b, c, d) = (fact(0), fact(1), fact(2), fact(3))
        return switch rule {
        case .unknownOrganisation:
            language(
                "der er ingen organisation »\(a)«; 'organisation list' viser dem, nye indlæses fra organisations.csv",
                "there is no organisation \"\(a)\"; 'organisation list' shows them, new ones are imported from organisations.csv")
        case .ambiguousOrganisation: language("»\(a)« er flere organisationer", "\"\(a)\" is more than one organisation")
        case .nameMismatch: language("\(a) er \(b), ikke »\(c)«", "\(a) is \(b), not \"\(c)\"")
        case .unknownDecision:
            language(
                "der er ingen beslutning »\(a)«; beslutninger indlæses fra decisions.csv",
                "there is no decision \"\(a)\"; decisions are imported from decisions.csv")
        case .unknownAgreement: unknownAgreement(language)
        case .unknownInvoice: language("der er ingen faktura \(a)", "there is no invoice \(a)")
        case .unknownCreditNote: language("der er ingen kreditnota \(a)", "there is no credit note \(a)")
        case .unknownInvoiceLine: language("der er ingen linje \(b) på en faktura \(a)", "there is no line \(b) on an invoice \(a)")
        case .unknownPerson:
            language(
                "der er ingen person »\(a)«; personer indlæses fra people.csv",
                "there is no person \"\(a)\"; people are imported from people.csv")
        case .unknownRecord:
            language("sporet kender ingen »\(a)«; det kender \(b)", "the audit knows no \"\(a)\"; it knows \(b)")
        case .unknownProduct:
            language(
                "der er intet produkt »\(a)«; produkter indlæses fra products.csv",
                "there is no product \"\(a)\"; products are imported from products.csv")
        case .cvrInvalid:
            language("»\(a)« er ikke et CVR-nummer (otte cifre, modulus 11)", "\"\(a)\" is not a CVR number (eight digits, modulus 11)")
        case .glnInvalid:
            language("»\(a)« er ikke et EAN-nummer (13 cifre med kontrolciffer)", "\"\(a)\" is not a GLN (13 digits with a check digit)")
        case .emailInvalid: language("»\(a)« er ikke en e-mailadresse", "\"\(a)\" is not an e-mail address")
        case .textInvalid:
            language(
                "\(a) er tom, \(b.isEmpty ? "for lang" : "over \(b) tegn") eller har styretegn",
                "\(a) is blank, \(b.isEmpty ? "too long" : "over \(b) characters") or has control characters")
        case .dateInvalid:
            language("»\(a)« er ikke en dato (ÅÅÅÅ-MM-DD, som findes)", "\"\(a)\" is not a date (YYYY-MM-DD, and one that exists)")
        case .amountInvalid:
            language(
                "»\(a)« er ikke et beløb i kroner (ikke negativt, højst \(b == "6" ? "seks" : "to") decimaler, punktum)",
                "\"\(a)\" is not an amount in kroner (not negative, at most \(b == "6" ? "six" : "two") decimals, a point)")
        case .amountNotPositive:
            language("beløbet skal være over nul, ikke »\(a)«", "the amount has to be more than zero, not \"\(a)\"")
        case .cvrTaken:
            language("CVR-nummeret er allerede en anden organisations", "the CVR number already belongs to another organisation")
        case .codeTaken: language("koden er allerede en anden organisations", "the code already belongs to another organisation")
        case .importIdentifierTaken: language("id'et er allerede i brug", "the id is already in use")
        case .overlappingContact:
            language(
                "\(a) har allerede rollen \(ContactRole(rawValue: b)?.text(in: language) ?? b) fra \(c)\(d.isEmpty ? "" : " til \(d)")",
                "\(a) has the role \(ContactRole(rawValue: b)?.text(in: language) ?? b) already, from \(c)\(d.isEmpty ? "" : " to \(d)")")
        case .primaryContactTaken:
            language(
                "organisationen har allerede en primær kontakt i perioden", "the organisation already has a primary contact on those days")
        case .associationExists: language("foreningen er allerede registreret", "the association is already registered")
        case .productNameTaken: language("der er allerede et produkt af det navn", "there is already a product of that name")
        case .productNameReserved:
            language(
                "»\(a)« kan ikke være et produkts navn: ordet betyder noget andet",
                "\"\(a)\" cannot be a product's name: the word means something else")
        case .overlappingSupplierRole:
            language(
                "leverandøren har allerede den rolle på produktet i perioden",
                "the supplier already has that role on the product on those days")
        case .illegalMove:
            illegalMove(language)
        case .overlappingAgreement:
            language(
                "aftalen overlapper en anden om det samme: \(other(language))",
                "the agreement overlaps another on the same subject: \(other(language))")
        case .liveAgreementExists:
            language(
                "der er allerede en levende aftale om det samme: \(other(language))",
                "there is already a live agreement on the same subject: \(other(language))")
        case .notEligible: notEligible(language)
        case .signedOutOfOrder:
            language("medunderskrift \(a) er ældre end underskrift \(b)", "the countersignature \(a) is older than the signature \(b)")
        case .endBeforeStart: language("sidste dag \(a) ligger før første dag \(b)", "the last day \(a) lies before the first day \(b)")
        case .noticeBeforeStart:
            language("opsigelsen \(a) ligger før aftalens første dag \(b)", "the notice of \(a) lies before the agreement's first day \(b)")
        case .noticeInFuture:
            language(
                "en opsigelse kan ikke registreres som modtaget \(a), når det er den \(b)",
                "a notice cannot be registered as received on \(a) when it is \(b)")
        case .dayInFuture:
            language(
                "\(Refusal.pastFact(a, language)) kan ikke registreres pr. \(b), når det er den \(c)",
                "\(Refusal.pastFact(a, language)) cannot be recorded as of \(b) when it is \(c)")
        case .noticeAnyDay:
            language(
                "et medlemskab ophører den dag, opsigelsen modtages; det har hverken varsel eller mindste løbetid",
                "a membership ends the day its notice is received; it has neither a notice period nor a minimum term")
        case .noticeMonthsInvalid: language("et varsel er 0 til 60 måneder, ikke »\(a)«", "a notice period is 0 to 60 months, not \"\(a)\"")
        case .lastDayMismatch:
            language("sidste dag er ikke \(a): varslet giver \(b)", "the last day is not \(a): the notice terms give \(b)")
        case .passiveOnlyOnProducts:
            language("kun en tilslutning til et produkt kan være passiv", "only an agreement on a product can be passive")
        case .formOutsideTerm:
            language("\(a) er ikke en dag i aftalen, der løber \(b)–\(c)", "\(a) is not a day of the agreement, which runs \(b)–\(c)")
        case .unknownProject:
            language(
                "der er intet projekt »\(a)«; projekter indlæses fra projects.csv",
                "there is no project \"\(a)\"; projects are imported from projects.csv")
        case .unknownPledge: language("\(a) har intet tilsagn til »\(b)«", "\(a) has no pledge to \"\(b)\"")
        case .projectNameTaken: language("der er allerede et projekt af det navn", "there is already a project of that name")
        case .pledgeExists:
            language(
                "\(a) har allerede givet tilsagn til projektet »\(b)«", "\(a) has already made a pledge to the project \"\(b)\"")
        case .pledgeAfterDeadline:
            language(
                "tilsagnet af \(a) kommer efter fristen for »\(b)«, som er \(c)",
                "the pledge of \(a) comes after the deadline of \"\(b)\", which is \(c)")
        case .pledgeBinding:
            language(
                "tilsagnet fra \(a) kan ikke trækkes tilbage: målet for »\(b)« blev nået \(c)",
                "the pledge of \(a) cannot be withdrawn: the target of \"\(b)\" was reached on \(c)")
        case .pledgeNotOwed: pledgeNotOwed(language)
        case .pledgeNotInvoiced:
            language(
                "tilsagnet fra \(a) til »\(b)« skyldes siden \(c), men er ikke faktureret; kør fakturering først",
                "the pledge of \(a) to \"\(b)\" has been owed since \(c), but is not invoiced; run the invoicing first")
        case .pledgePaid:
            language(
                "tilsagnet fra \(a) til »\(b)« er betalt \(c) (\(d)), så det hverken betales igen eller trækkes tilbage",
                "the pledge of \(a) to \"\(b)\" was paid on \(c) (\(d)), so it is neither paid again nor withdrawn")
        case .paidWithoutProof:
            language(
                "et betalt tilsagn skal have både betalingsdag og bevis for betalingen",
                "a paid pledge needs both the day it was paid and a proof of the payment")
        case .withdrawnBeforePledged:
            language(
                "et tilsagn kan tidligst trækkes tilbage dagen efter, det er givet",
                "a pledge is withdrawn the day after it was made at the earliest")
        case .successionConflict:
            language(
                "overtagelsen kan ikke gennemføres: \(conflicts(language))", "the succession cannot be carried out: \(conflicts(language))")
        case .successionOfItself: language("en organisation kan ikke overtage sig selv", "an organisation cannot succeed itself")
        case .predecessorTwice: language("\(a) er nævnt to gange", "\(a) is named twice")
        case .unknownGroup:
            language(
                "der er ingen gruppe »\(a)«; grupper oprettes med group create eller indlæses fra groups.csv",
                "there is no group \"\(a)\"; groups are made by group create or imported from groups.csv")
        case .unknownSeat: language("\(a) har ingen sådan plads i »\(b)« den \(c)", "\(a) has no such seat in \"\(b)\" on \(c)")
        case .unknownMeeting: language("»\(a)« har intet møde den \(b)", "\"\(a)\" has no meeting on \(b)")
        case .groupNameTaken: language("der er allerede en gruppe, der hedder »\(a)«", "there is already a group called \"\(a)\"")
        case .groupKindTaken:
            language(
                "der er allerede en bestyrelse eller generalforsamling, og der er kun én af hver",
                "there is already a board or general assembly, and there is one of each")
        case .groupKindStays: language("en gruppe beholder sin slags", "a group keeps its kind")
        case .groupProductUnfit:
            language(
                "en koordinationsgruppe har et produkt, en styregruppe kan have et, og andre grupper har intet",
                "a coordination group has a product, a steering group may have one, and other groups have none")
        case .unknownToken: language("der er intet token »\(a)«", "there is no token \"\(a)\"")
        case .tokenRevoked: language("tokenet »\(a)« blev tilbagekaldt den \(b)", "the token \"\(a)\" was revoked on \(b)")
        case .tokenRoleUnfit:
            b.isEmpty && AccessRole(rawValue: a)?.isOfOrganisation ?? false
                ? language(
                    "rollen »\(a)« taler for én organisation: giv --organisation",
                    "the role \"\(a)\" speaks for one organisation: give --organisation")
                : language(
                    "rollen »\(a)« og organisationen »\(b)« passer ikke sammen: medlemmer og leverandører taler for én organisation af deres slags, "
                        + "andre roller for ingen",
                    "the role \"\(a)\" and the organisation \"\(b)\" do not fit: members and suppliers speak for one organisation of their kind, "
                        + "other roles for none")
        case .tokenScopeInvalid: language("»\(a)« er ikke et område af registret", "\"\(a)\" is not a part of the register")
        case .tokenLife:
            language(
                "et tokens sidste dag er fra i dag til højst 366 dage frem, ikke \(a)",
                "a token's last day is between today and 366 days ahead, not \(a)")
        case .tokenWithoutPlace:
            language(
                "\(a) er hverken kontakt for \(b) eller sidder i en gruppe på dens vegne, i dag eller senere; med --name bliver vedkommende teknisk kontakt",
                "\(a) is no contact of \(b) and sits in no group on its behalf, today or later; with --name the person becomes a technical contact"
            )
        case .groupNotThere: language("»\(a)« findes ikke den \(b)", "\"\(a)\" is not there on \(b)")
        case .groupFull: language("»\(a)« har alle sine \(b) pladser besat", "\"\(a)\" has all of its \(b) seats taken")
        case .assemblyWithoutSeats:
            language(
                "en generalforsamling har ingen pladser: hvem der stemmer, er hvem der er medlem på dagen",
                "a general assembly has no seats: who votes is who is a member on the day")
        case .overlappingSeat: language("personen har allerede pladsen: \(a)", "the person has the seat already: \(a)")
        case .ambiguousSeat:
            language(
                "\(a) har flere pladser i »\(b)«; sig for hvilken organisation",
                "\(a) has several seats in \"\(b)\"; say for which organisation")
        case .chairTaken: language("»\(a)« har en formand: \(b) fra \(c)", "\"\(a)\" has a chair: \(b) from \(c)")
        case .roleWithoutVotes: language("rollen \(a) har ingen stemmer", "the role \(a) has no votes")
        case .notAnAlternate: language("\(a) er ikke suppleant i »\(b)« den \(c)", "\(a) is not an alternate in \"\(b)\" on \(c)")
        case .meetingExists: language("»\(a)« har allerede et møde den \(b)", "\"\(a)\" already has a meeting on \(b)")
        case .meetingNotHeld: language("mødet den \(a) er ikke holdt endnu", "the meeting of \(a) has not been held yet")
        case .calledAfterMeeting: language("mødet \(b) kan ikke indkaldes \(a)", "the meeting of \(b) cannot be called on \(a)")
        case .noSeatThatDay: language("\(a) har ingen plads i »\(b)« den \(c)", "\(a) has no seat in \"\(b)\" on \(c)")
        case .commissionExists:
            language(
                "»\(a)« har allerede kommissorium \(b), underskrevet af \(c)", "\"\(a)\" already has commission \(b), signed by \(c)")
        case .versionInvalid:
            language("»\(a)« er ikke et versionsnummer som 1 eller 1.2", "\"\(a)\" is not a version number such as 1 or 1.2")
        case .linkInvalid:
            language(
                "»\(a)« er ikke et link (http:// eller https://, uden mellemrum, højst 500 tegn)",
                "\"\(a)\" is not a link (http:// or https://, no spaces, at most 500 characters)")
        case .indexAmountMismatch:
            language(
                "det offentliggjorte kontingent for \(a), \(b), er ikke det, formlen giver: \(c)",
                "the published dues of \(a), \(b), are not what the formula gives: \(c)")
        case .settingMissing:
            b.isEmpty
                ? language(
                    "indstillingen \(a) mangler; den indlæses fra association.yaml",
                    "the setting \(a) is missing; it is imported from association.yaml")
                : language("indstillingen \(a) mangler pr. \(b)", "the setting \(a) is missing on \(b)")
        case .settingInvalid:
            language(
                "»\(b)« er ikke en værdi for \(a)\(SettingName(rawValue: a).map { ": " + $0.values(in: language) } ?? "")",
                "\"\(b)\" is not a value of \(a)\(SettingName(rawValue: a).map { ": " + $0.values(in: language) } ?? "")")
        case .overlappingVATRule: language("momsregler overlapper", "VAT rules overlap")
        case .unknownRateSheet: language("\(a) har intet takstblad i \(b)", "\(a) has no rate sheet in \(b)")
        case .unknownComponent:
            language("takstbladet har ingen komponent »\(a)« under \(b)", "the rate sheet has no component \"\(a)\" under \(b)")
        case .overlappingRateSheet:
            language(
                "takstbladet overlapper takstblad \(b) om det samme, som gælder \(a)",
                "the rate sheet overlaps rate sheet \(b) on the same subject, which holds \(a)")
        case .overlappingRateRow:
            b.isEmpty
                ? language("takstrækker for den samme komponent overlapper", "rate rows of the same component overlap")
                : language(
                    "takstbladet har allerede en række for »\(a)« \(b), og dagene overlapper",
                    "the rate sheet already has a row for \"\(a)\" \(b), and the days overlap")
        case .overlappingBrackets:
            language(
                "størrelsernes grænser stiger ikke, eller de overlapper", "the bounds of the size classes do not ascend, or they overlap")
        case .ratePeriodNotWhole:
            language(
                "et takstblad begynder og slutter, hvor en faktureringsperiode gør (hele år, eller halve hvis halvårligt, 2000–9998)",
                "a rate sheet begins and ends where a billing period does (whole years, or halves if half-yearly, 2000–9998)")
        case .rateRowOutsideSheet:
            language("takstrækkens dage ligger uden for takstbladets", "the rate row's days lie outside its sheet's")
        case .lateChangesMissing:
            language(
                "et takstblad, der deler et samlet beløb, skal sige, hvad sene ændringer gør (late-changes)",
                "a rate sheet that shares a total must say what late changes do (late-changes)")
        case .fractionOfFraction:
            language(
                "»\(a)« er selv en brøkdel; en brøkdel af en brøkdel findes ikke",
                "\"\(a)\" is itself a fraction; there is no fraction of one")
        case .stepsInvalid:
            language("trin begynder ved 1 og stiger", "steps begin at 1 and ascend")
        case .weightsAllZero: language("vægtene er alle nul", "the weights are all zero")
        case .priceUnfit: language("prisen passer ikke til posten \(a)", "the price does not fit the charge \(a)")
        case .priceModelChangesInside:
            language(
                "en takst skifter kun model, hvor en faktureringsperiode begynder; beløb må skifte enhver dag",
                "a price changes its model only where a billing period begins; amounts may change any day")
        case .percentageInvalid:
            language(
                "»\(a)« er ikke en procent fra 0 til 100", "\"\(a)\" is not a percentage from 0 to 100")
        case .fractionInvalid:
            language(
                "»\(a)« er ikke en brøk fra 0 til 1, skrevet som 1/2 (eller 0 eller 1)",
                "\"\(a)\" is not a fraction from 0 to 1, written as 1/2 (or 0, or 1)")
        case .floorAboveCap:
            language(
                "mindstebeløbet \(kroner(a, language)) er højere end højstebeløbet \(kroner(b, language))",
                "the floor \(kroner(a, language)) is above the cap \(kroner(b, language))")
        case .overlappingPlacement:
            language("organisationen er allerede placeret i nogle af årene", "the organisation is already placed in some of the years")
        case .frozenByDecision:
            language(
                "et fastfrosset tal ændres kun af en ny beslutning", "a frozen figure changes only by a new decision")
        case .notFrozen: language("\(a) er ikke fastfrosset for \(b)", "\(a) is not frozen for \(b)")
        case .figuresAmbiguous:
            language(
                "tallene er flertydige: \(Refusal.fault(a, language)) (\(b))",
                "the figures are ambiguous: \(Refusal.fault(a, language)) (\(b))")
        case .stalePreview:
            language(
                "resultatet ville ikke længere være det, der blev vist (\(a), nu \(b)): noget er ændret eller allerede bogført; se forhåndsvisningen, eller forbered igen",
                "the outcome would no longer be what was previewed (\(a), now \(b)): something changed or was posted already; preview or prepare again"
            )
        case .warningNotAccepted:
            language(
                "ikke accepteret: \(a); læs, hvad der advares om, og giv \(b)",
                "not accepted: \(a); read what is warned of and give \(b)")
        case .creditBeforeInvoice:
            language(
                "en kreditnota kan ikke dateres \(a): faktura \(b) er af \(c)",
                "a credit note cannot be dated \(a): invoice \(b) is of \(c)")
        case .runFirst: runFirst(language)
        case .keyParked: language("posten er parkeret (\(a)); ret det først", "the charge is parked (\(a)); mend that first")
        case .noReceiver:
            language("\(a) har hverken EAN- eller CVR-nummer at sende til", "\(a) has neither a GLN nor a CVR number to send to")
        case .noReference: language("\(a) mangler en personreference", "\(a) lacks a personal reference")
        case .creditExceedsInvoiced:
            language(
                "\(kroner(a, language)) er mere end de \(kroner(b, language)), der er tilbage at kreditere\(c.isEmpty ? "" : " af det, linje \(c) opkræver; --line vælger en anden")",
                "\(kroner(a, language)) is more than the \(kroner(b, language)) left to credit\(c.isEmpty ? "" : " of what line \(c) charges; --line picks another")"
            )
        case .postedIsFinal: language("bogførte dokumenter ændres aldrig", "posted documents never change")
        case .seriesGap: language("dokumentnumre er fortløbende", "document numbers are consecutive")
        case .alreadyPosted: language("det er allerede bogført af en anden kørsel", "another run has already posted it")
        case .documentUnbalanced: language("dokumentets beløb stemmer ikke: \(a)", "the amounts of the document do not add up: \(a)")
        case .targetTooFar:
            language("\(a) slutter mere end 18 måneder efter \(b)", "\(a) ends more than 18 months after \(b)")
        case .lineLimit:
            language(
                "\(a) ville få \(c) linjer på én dag for \(Refusal.subject(b, language)), og indstillingen line-limit tillader \(d): se efter, om prisen eller aftalen er forkert; "
                    + "ellers kør en anden dag, eller hæv line-limit i association.yaml ved en beslutning",
                "\(a) would be charged \(c) lines in one day for \(Refusal.subject(b, language)), and the setting line-limit allows \(d): see whether a price or the agreement is "
                    + "wrong; else run on another day, or raise line-limit in association.yaml by a decision")
        case .fourEyes:
            a.isEmpty
                ? language(
                    "indstillingen four-eyes kræver to personer: invoice prepare, approve og post",
                    "the setting four-eyes asks for two persons: invoice prepare, approve and post")
                : language(
                    "indstillingen four-eyes kræver to personer: invoice reverse \(a) --prepare, så approve og post",
                    "the setting four-eyes asks for two persons: invoice reverse \(a) --prepare, then approve and post")
        case .approvedByPreparer:
            language("\(a) har selv forberedt kørslen; en anden skal godkende", "\(a) prepared the run; somebody else has to approve it")
        case .alreadyApproved: language("kørslen er allerede godkendt af \(a)", "the run has already been approved by \(a)")
        case .runPosted: language("kørslen er allerede bogført som \(a)", "the run has already been posted as \(a)")
        case .unknownRun:
            b == "prepared"
                ? language(
                    "der er ingen forberedt kørsel \(a); invoice prepared viser dem",
                    "there is no prepared run \(a); invoice prepared lists them")
                : language("der er ingen kørsel \(a); invoice runs viser dem", "there is no run \(a); invoice runs lists them")
        case .unknownScenario: language("der er intet gemt scenarie »\(a)«", "there is no saved scenario \"\(a)\"")
        case .scenarioNameTaken:
            language("der er allerede gemt et scenarie med det navn", "a scenario of that name has been saved already")
        case .changeOutsideYear: changeOutsideYear(language)
        case .notApproved:
            language(
                "den forberedte kørsel \(a) er ikke godkendt: invoice approve \(a)",
                "the prepared run \(a) has not been approved: invoice approve \(a)")
        case .runReversed: language("der er intet tilbage at tilbageføre i kørsel \(a)", "nothing is left to reverse of run \(a)")
        case .runNotReversible:
            b == RunRecord.Kind.reversal.rawValue
                ? language(
                    "kørsel \(a) er selv en tilbageførsel og kan ikke tilbageføres; det, den tog tilbage, kommer med i næste kørsel",
                    "run \(a) is a reversal itself and cannot be reversed; what it took back comes with the next run")
                : language(
                    "kørsel \(a) er en kreditering i hånden, og den kan ikke tilbageføres",
                    "run \(a) is a credit by hand, which cannot be reversed")
        case .preparedIsFinal:
            language(
                "en forberedt kørsel godkendes én gang og bogføres én gang; ellers ændres den ikke",
                "a prepared run is approved once and posted once, and never changed otherwise")
        case .amountOutOfRange: language("et beløb er for stort til at regne med", "an amount is too large to compute with")
        case .noFolder: language("\(a) er ikke en mappe", "\(a) is not a folder")
        case .paperEmpty:
            language("filen \(a) er tom: der er intet underskrevet at gemme", "the file \(a) is empty: there is nothing signed to keep")
        case .fileUnknown:
            language(
                "filen hører ikke til importen; dens filer er: \(a)", "the file is no part of the import, whose files are: \(a)")
        case .fileMissing: language("filen findes ikke", "there is no such file")
        case .fileUnreadable: language("filen kan ikke læses: \(a)", "the file cannot be read: \(a)")
        case .fileEncoding:
            language(
                "filen er ikke ren UTF-8 (\(a)); gem den som UTF-8", "the file is not plain UTF-8 (\(a)); save it as UTF-8")
        case .fileTooLarge: language("filen er over \(a) MiB", "the file is over \(a) MiB")
        case .csvMalformed: language("CSV-fejl: \(Refusal.fault(a, language))", "CSV fault: \(Refusal.fault(a, language))")
        case .yamlMalformed: language("YAML-fejl: \(Refusal.fault(a, language))", "YAML fault: \(Refusal.fault(a, language))")
        case .columnMissing: language("kolonnen \(a) mangler", "the column \(a) is missing")
        case .columnUnknown: language("»\(a)« er ukendt; kendte er \(b)", "\"\(a)\" is unknown; known are \(b)")
        case .columnDoubled: language("kolonnen \(a) er der to gange", "the column \(a) is there twice")
        case .rowRagged: language("rækken har \(a) celler, overskriften \(b)", "the row has \(a) cells, the header \(b)")
        case .rowDoubled: language("det samme står allerede i \(a)", "the same is already said in \(a)")
        case .cellTooLong: language("cellen er over \(a) tegn", "the cell is over \(a) characters")
        case .valueMissing: language("\(a) mangler", "\(a) is missing")
        case .valueUnknown:
            c.isEmpty && b.isEmpty
                ? language("»\(a)« er ikke en kendt værdi", "\"\(a)\" is not a known value")
                : language("\(a) kan ikke være »\(b)«; ventet: \(c)", "\(a) cannot be \"\(b)\"; expected: \(c)")
        case .fieldsExclusive: language("\(a) og \(b) kan ikke stå sammen", "\(a) and \(b) exclude each other")
        case .numberInvalid:
            b.isEmpty || c.isEmpty
                ? language("»\(a)« er ikke et gyldigt tal her", "\"\(a)\" is not a valid number here")
                : language("»\(a)« er ikke et helt tal fra \(b) til \(c)", "\"\(a)\" is not a whole number from \(b) to \(c)")
        case .vatRateUnfit:
            a == VATRate.Category.exempt.rawValue
                ? language(
                    "kategori E er fritaget for moms, så procenten er 0, ikke \(b); en sats er kategori S",
                    "category E is exempt from VAT, so its percent is 0, not \(b); a rate is category S")
                : language(
                    "kategori \(a) har en sats over 0 og højst 100 procent, ikke \(b); fritaget for moms er kategori E",
                    "category \(a) has a rate above 0 and at most 100 percent, not \(b); exempt from VAT is category E")
        case .recordInvalid: language("databasen afviste posten: \(a)", "the database refused the record: \(a)")
        case .actorMissing: language("en ændring skal have en aktør", "a change needs an actor")
        }
    }

    private func illegalMove(_ language: Language) -> String {
        let move = facts.first ?? ""
        let code = facts.count > 1 ? facts[1] : ""
        let state =
            AgreementState(rawValue: code)?.text(in: language)
            ?? (code == EndReason.succeeded.rawValue ? language("overtaget af en anden", "succeeded by another") : code)
        return language(
            "»\(move)« er ikke muligt for en aftale, der er »\(state)«", "\"\(move)\" is not possible for an agreement that is \"\(state)\""
        )
    }

    private func notEligible(_ language: Language) -> String {
        let (who, code) = (facts.first ?? "", facts.count > 1 ? facts[1] : "")
        let kind = OrganisationKind(rawValue: code)?.text(in: language) ?? code
        return language("\(who) kan ikke indgå en sådan aftale (\(kind))", "\(who) cannot enter such an agreement (\(kind))")
    }

    /// Another agreement: its organisation, number, state and days. The database's own word has none of them.
    private func other(_ language: Language) -> String {
        guard facts.count >= 4 else { return facts.first ?? "" }
        let state = AgreementState(rawValue: facts[2])?.text(in: language) ?? facts[2]
        return
            "\(facts[0]), \(language("aftale", "agreement")) \(facts[1]) (\([state, facts[3]].filter { !$0.isEmpty }.joined(separator: ", ")))"
    }

    /// Each conflict in its own words; the database's own word names none.
    /// An organisation, its project, the day, and why nothing is owed: what became of the project, or that the pledge was withdrawn.
    private func pledgeNotOwed(_ language: Language) -> String {
        func fact(_ index: Int) -> String { index < facts.count ? facts[index] : "" }
        let (who, project, day) = (fact(0), fact(1), fact(2))
        let reason =
            switch fact(3) {
            case ProjectStanding.State.lapsed.rawValue:
                language("målet blev ikke nået inden fristen", "the target was not reached by the deadline")
            case "withdrawn": language("tilsagnet er trukket tilbage", "the pledge was withdrawn")
            default: language("målet er ikke nået", "the target has not been reached")
            }
        return language(
            "\(who) skylder intet til »\(project)« den \(day): \(reason)", "\(who) owes nothing to \"\(project)\" on \(day): \(reason)")
    }

    private func conflicts(_ language: Language) -> String {
        facts.map { SuccessionConflict(fact: $0)?.sentence(in: language) ?? $0 }.joined(separator: "; ")
    }

    /// A number; or an organisation, what the agreement would be about, a day and the days that it runs, which are not there where there is none.
    private func unknownAgreement(_ language: Language) -> String {
        func fact(_ index: Int) -> String { index < facts.count ? facts[index] : "" }
        let (who, subject, day, term) = (fact(0), fact(1), fact(2), fact(3))
        if subject.isEmpty { return language("der er ingen aftale \(who)", "there is no agreement \(who)") }
        return term.isEmpty
            ? language("\(who) har ingen aftale i kraft om \(subject)", "\(who) has no agreement in force on \(subject)")
            : language(
                "\(who) kan ikke forlade \(subject) den \(day): aftalen løber \(term)",
                "\(who) cannot leave \(subject) on \(day): the agreement runs \(term)")
    }

    /// What changes and for whom, as the file says it; the day and the scenario's year.
    private func changeOutsideYear(_ language: Language) -> String {
        func fact(_ index: Int) -> String { index < facts.count ? facts[index] : "" }
        let (change, day, year) = (fact(0), fact(1), fact(2))
        return language(
            "ændringen »\(change)« virker \(day) og dermed ikke i \(year), som scenariet handler om",
            "the change \"\(change)\" takes effect on \(day), which is not in \(year), the year of the scenario")
    }

    /// Amount, invoice, line, charge, period and, where the line's run was reversed, that run.
    private func runFirst(_ language: Language) -> String {
        func fact(_ index: Int) -> String { index < facts.count ? facts[index] : "" }
        let charge = [ChargeKind(rawValue: fact(3))?.title(in: language) ?? fact(3), fact(4)].filter { !$0.isEmpty }.joined(separator: " ")
        let line = language("faktura \(fact(1)) linje \(fact(2)) (\(charge))", "invoice \(fact(1)) line \(fact(2)) (\(charge))")
        let amount = kroner(fact(0), language)
        return fact(5).isEmpty
            ? language(
                "for \(line) er der en anden forskel på \(amount), som ikke er faktureret; kør fakturering først",
                "for \(line) there is another difference of \(amount), which has not been invoiced; run the invoicing first")
            : language(
                "\(line) er tilbageført med kørsel \(fact(5)), så \(amount) venter på at blive faktureret igen; kør fakturering først, og krediter den nye faktura",
                "\(line) was taken back with run \(fact(5)), so \(amount) waits to be invoiced again; run the invoicing first, and credit the new invoice"
            )
    }

    /// An amount as people read it; a text that is none stays.
    private func kroner(_ text: String, _ language: Language) -> String {
        guard let amount = try? Money(kroner: text) else { return text }
        return language("\(amount.text(in: language)) kr.", "DKK \(amount.text(in: language))")
    }

    /// What an agreement is about, in words; a product's name stays as it is.
    private static func subject(_ text: String, _ language: Language) -> String {
        Subject(text).map { $0.text(in: language) } ?? text
    }

    private static func pastFact(_ word: String, _ language: Language) -> String {
        switch PastFact(rawValue: word) {
        case .sending?: language("en afsendelse", "sending the agreement")
        case .signature?: language("en underskrift", "a signature")
        case .countersignature?: language("en medunderskrift", "a countersignature")
        case .pledge?: language("et tilsagn", "a pledge")
        case .payment?: language("en betaling", "a payment")
        case .commission?: language("et underskrevet kommissorium", "a signed commission")
        case .count?: language("et indbyggertal", "a number of inhabitants")
        case nil: word
        }
    }

    private static func fault(_ code: String, _ language: Language) -> String {
        switch code {
        case "empty": language("filen er tom", "the file is empty")
        case "quoteInBareCell": language("et anførselstegn midt i en celle", "a quote in the middle of a cell")
        case "textAfterQuote": language("tekst efter et lukket anførselstegn", "text after a closing quote")
        case "unclosedQuote": language("et anførselstegn bliver aldrig lukket", "a quote is never closed")
        case "anchor": language("ankre og aliaser er ikke tilladt", "anchors and aliases are not allowed")
        case "tooDeep": language("der er for mange niveauer", "it nests too deeply")
        case "byteOrderMark": language("der står et usynligt tegn (U+FEFF) her", "an invisible character (U+FEFF) stands here")
        case "keyNotText": language("en nøgle er ikke en tekst", "a key is not a text")
        case "notAMapping": language("her ventes felter med navne", "named fields are expected here")
        case "notAList": language("her ventes en liste", "a list is expected here")
        case "noHeader": language("der er ingen overskrift med område, tid og indhold", "there is no heading of area, time and content")
        case "partOfPeople": language("kolonnen udvælger en del af indbyggerne", "the column selects some of the inhabitants")
        case "severalTotals": language("kolonnen har flere slags i alt", "the column has several kinds of totals")
        case "areaTwice": language("samme område og tid står der to gange", "the same area and time are there twice")
        case "notText": language("her ventes en tekst", "a text is expected here")
        default: code
        }
    }
}

extension ImportProblem {
    /// `file:line:column: CODE: sentence`, the form editors understand.
    public func line(in language: Language) -> String { "\(location): \(refusal.rule.rawValue): \(refusal.sentence(in: language))" }
}

public import Domain

// The public shapes of meetings, in a list and whole.

extension MeetingRecord {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("meeting", id.value)
            $0.member("group", groupName)
            $0.member("groupId", group.value)
            $0.member("heldOn", heldOn)
            $0.member("calledOn", calledOn)
            $0.member("agenda", agenda?.description)
            $0.member("minutes", minutes?.description)
            $0.name("attendance")
            $0.array {
                for person in attendance {
                    $0.object {
                        $0.member("person", person.name)
                        $0.member("personId", person.person.value)
                        $0.member("email", person.email)
                        $0.member("present", person.isPresent)
                    }
                }
            }
        }
    }
}

extension MeetingEntry: CSVRow {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("meeting", id.value)
            $0.member("group", groupName)
            $0.member("groupId", group.value)
            $0.member("heldOn", heldOn)
            $0.member("calledOn", calledOn)
            $0.member("agenda", agenda?.description)
            $0.member("minutes", minutes?.description)
        }
    }

    public static var csvHeader: [String] { ["meeting", "group", "groupId", "heldOn", "calledOn", "agenda", "minutes"] }

    public var csvCells: [String] {
        [
            id.description, groupName, group.description, heldOn.description, cell(calledOn), cell(agenda), cell(minutes),
        ]
    }
}

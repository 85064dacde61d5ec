# A verdict in a few lines of plain text, for the weakest line: at most 699 bytes. The labels are
# short because the reason needs the room.
plain-demo = DEMO, nothing is real.
plain-record = Record: { $record }
plain-why = Why: { $why }
plain-contact = Ask: { $contact }
plain-as-of = As of: { $instant }
plain-computed-by = Computed by: { $did }
plain-reference = Reference: { $reference }

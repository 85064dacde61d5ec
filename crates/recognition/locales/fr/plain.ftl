# A verdict in a few lines of plain text, for the weakest line: at most 699 bytes. The labels are
# short because the reason needs the room.
plain-demo = DÉMO, rien n’est réel.
plain-record = Document : { $record }
plain-why = Motif : { $why }
plain-contact = Contact : { $contact }
plain-as-of = État au : { $instant }
plain-computed-by = Calculé par : { $did }
plain-reference = Référence : { $reference }

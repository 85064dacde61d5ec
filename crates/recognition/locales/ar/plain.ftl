# A verdict in a few lines of plain text, for the weakest line: at most 699 bytes. The labels are
# short because the reason needs the room.
plain-demo = عرض تجريبي، لا شيء فيه حقيقي.
plain-record = السجل: { $record }
plain-why = السبب: { $why }
plain-contact = اسأل: { $contact }
plain-as-of = حتى: { $instant }
plain-computed-by = حسبه: { $did }
plain-reference = المرجع: { $reference }

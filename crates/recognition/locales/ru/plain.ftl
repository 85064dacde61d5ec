# A verdict in a few lines of plain text, for the weakest line: at most 699 bytes. The labels are
# short because the reason needs the room.
plain-demo = ДЕМО, всё вымышлено.
plain-record = Документ: { $record }
plain-why = Почему: { $why }
plain-contact = Спросить: { $contact }
plain-as-of = По данным на: { $instant }
plain-computed-by = Вычислил: { $did }
plain-reference = Ссылка: { $reference }

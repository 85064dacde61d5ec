# A verdict in a few lines of plain text, for the weakest line: at most 699 bytes. The labels are
# short because the reason needs the room.
plain-demo = 演示，内容均为虚构。
plain-record = 记录：{ $record }
plain-why = 原因：{ $why }
plain-contact = 请询问：{ $contact }
plain-as-of = 截至：{ $instant }
plain-computed-by = 计算方：{ $did }
plain-reference = 参考号：{ $reference }

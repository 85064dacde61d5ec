# Check a list.
list-title = Check a list
list-lead = Paste or upload a list of certificates. Each row gets an answer of its own, and the worst come first.
list-columns = The first line names the columns: number, and where you have them issuer, product, place and day, in any of the five languages. Commas, semicolons or tabs stand between the cells. A list of numbers alone needs no first line.
list-kept = Your list is read once, answered and forgotten. Nothing of it is kept here.
list-most = At most { $rows } rows and { $size } MB at a time. Longer lists: comity check LIST.csv.
list-paste = Paste the list
list-file = Or choose a file (CSV in UTF-8)
list-missing = Where a row does not say it
list-check = Check the list
list-download = Answers as CSV
list-count = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
list-not-compared = Nothing in these columns was compared: { $columns }
list-line = Line
list-result = Result
list-number = Number
list-where = Place and day
list-why = Why
list-reference = Reference
list-not-asked = Not asked
list-failed = No answer
list-failed-why = The node ran out of time before this row. Send it again.
list-warned = Warning in force
list-words = The product stands in words and was not compared.
list-condition = Condition: { $condition }
list-no-number = No number stands in this row.
list-no-place = It is not said where it is to count.
list-unknown-place = No economy is called “{ $place }”. Write its code, such as JP.
list-unreadable-day = “{ $day }” is no day, or can be read in two ways. Write it as 2026-11-28.
list-unreadable-code = “{ $code }” is no HS code.
list-illegible = A cell of this row is too long, or holds characters that cannot be shown.
list-too-many-cells = The row has { $found } cells under { $columns } headings. A cell that holds the delimiter must stand in quotation marks.
list-trouble = This list cannot be read
list-empty = There is nothing in it.
list-too-large = It is larger than { $most } MB.
list-too-many-rows = It has more than { $most } rows. Divide it.
list-too-many-columns = It has more than { $most } columns.
list-not-utf8 = Line { $line } is no UTF-8 text. Save the list as “CSV UTF-8” and try again.
list-no-column = No column is named “number”. The first line reads: { $headings }.
list-twice = Two columns are named “{ $heading }”.
list-open-quote = A quotation mark in the row that begins on line { $line } is never closed.
list-unreadable = Its rows and cells cannot be told apart.
list-busy = The node answers other lists at the moment. Try again in a minute.

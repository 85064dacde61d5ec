# Search.
search-count = { $count ->
    [one] { $count } record
   *[other] { $count } records
}
search-count-for = { $records } for “{ $words }”
search-facet-status = Status
search-facet-kind = Kind of record
search-facet-economy = Economy of the issuer
search-facet-standard = Standard
search-facet-hs = Chapter of the HS
search-facet-year = Year of issue
search-facet-count = { $count }
search-sort = Order
search-sort-relevance = Best match first
search-sort-newest = Newest first
search-sort-expiring = Ending soonest first
search-sort-logged = Last published first
search-current = Current search
search-remove = Remove
search-did-you-mean = Nothing was found as typed. Shown is:
search-similar = No number is exactly this. Numbers that look like it, or differ in one digit:
search-wrong = { $name }: “{ $value }” cannot be read and was left out.
search-wrong-hs = An HS code to search by has 2, 4, 6, 8 or 10 digits.
search-results = Results
search-nothing = Nothing was found. That does not say that a certificate is false: it may not be published here. Check each character, or take a condition away.
search-next = Next page
search-narrow = Narrow the search
search-data = These results as
search-follow = Follow them:
search-only = Only what counts there
search-only-chip = Only what counts: { $economy }
search-only-choose = Choose where it is to count, to see only what counts there.
search-counting = { $economy }: what counts there
search-counting-for = { $economy }: what counts there, for “{ $words }”
search-counting-nothing = Nothing of what was judged counts there. That does not say that nothing does: it may not be published here, or stand further on.
search-counting-next = Judge more
search-group-recognised = Recognised
search-group-conditions = Recognised with conditions
search-group-results = Only the results count
search-codes = These words probably mean:
search-number-code = As an HS code, this is a product:
search-derived = Probable code, by its name and not declared:
search-taken-down = A record with this number was published, and taken down on { $day }.
search-taken-down-ground = Ground given
search-taken-down-ask = Whether another record takes its place, ask

# Search.
search-count = { $count ->
    [one] { $count } record
   *[other] { $count } records
}
search-count-for = { $records } for “{ $words }”
search-facet-status = Status
search-facet-kind = Kind of record
search-facet-economy = Economy
search-facet-standard = Standard
search-facet-hs = Chapter of the HS
search-facet-year = Year of issue
search-facet-count = { $count }
search-sort = Order
search-sort-relevance = Best match first
search-sort-newest = Newest first
search-sort-expiring = Ending soonest first
search-current = Current search
search-remove = Remove
search-did-you-mean = Nothing was found as typed. Shown is:
search-results = Results
search-nothing = Nothing was found. That does not say that a certificate is false: it may not be published here. Check each character, or take a condition away.
search-next = Next page
search-narrow = Narrow the search

# The first page, and help.
home-title = Check a certificate from another country
home-box = Certificate number, company, product, standard or HS code
home-here = A number is answered for { $economy }, the economy of this node, unless you choose another. Words find records; with a place chosen, each is answered for it.
home-used-in = Choose another economy, a product or a day
home-what = What the answers mean
home-publish = Publish records
home-records = { $count ->
    [one] { $count } certificate or report is held here.
   *[other] { $count } certificates and reports are held here.
}
help-title = What the answers mean
help-lead = Comity answers one question: does this certificate count here, for this product, on this day, and why? It goes step by step through signed records and shows each of them.
help-results-title = The five answers
help-recognised = It counts there. Every check on which that depends holds, and nothing is left to do. Where it counts only up to a certain level, the answer names the level.
help-conditions = It counts, and something named is still to be done in the destination.
help-results = The test or inspection results count. The decision based on them is taken anew in the destination.
help-not = A step fails. The page says which one, why, and who can change it.
help-cannot-tell = Something that is needed is not known here. This is not a “no”. The page says what is missing and whom to ask.
help-not-title = What an answer is not
help-not-paper = The answer is about the registered record. It is not about paper or goods that differ from it. So compare the paper in your hand with the record, line by line.
help-not-law = It is no legal decision and no legal advice. It is computed from rules that were published and signed, and it says whose rules they are.
help-how-title = How to check a certificate
help-how = Type the number as the paper prints it, or open the link of its code. Choose where and for which product it should count. Read the answer first, then compare the paper, then the steps.
help-wrong-title = If something is wrong
help-wrong = Every page names who can correct the record or its status. A page or a node cannot change what somebody signed.
help-privacy-title = What is kept about you
help-privacy = Your questions are not kept. The node notes the path, the time and the status of each request. It notes no search words, no addresses of visitors, and it sets no cookies.

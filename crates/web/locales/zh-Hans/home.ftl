# The first page, and help.
home-title = 核查来自其他国家的证书
home-box = 证书编号、企业、产品、标准或 HS 编码
home-here = 输入编号时，若未另选，将就本节点所属经济体{ $economy }作答。输入文字则查找记录；选定地点后，将就该地点逐条作答。
home-used-in = 选择其他经济体、产品或日期
home-what = 答案的含义
home-publish = 发布记录
home-records = { $count ->
   *[other] 本节点存有 { $count } 份证书和报告。
}
help-title = 答案的含义
help-lead = Comity 只回答一个问题：这份证书在此地、对这种产品、在这一天是否得到承认，为什么？它逐步查验经过签名的记录，并逐一列出。
help-results-title = 五种答案
help-recognised = 在当地得到承认。这一结论所依据的每项检查都成立，也没有待办事项。如果只承认到某一等级，答案会写明该等级。
help-conditions = 它得到承认，但在目的地还须完成所列的事项。
help-results = 检测或检验结果被接受，但依据结果的决定须在目的地重新作出。
help-not = 有一步不成立。页面会说明是哪一步、为什么，以及谁能改变它。
help-cannot-tell = 这里不掌握所需的某些信息。这不等于“不承认”。页面会说明缺少什么、应当问谁。
help-not-title = 答案不代表什么
help-not-paper = 答案针对已登记的记录，不针对与其不同的纸质证书或货物。因此请把手中的证书与记录逐行核对。
help-not-law = 它不是法律决定，也不是法律意见。它依据已公布并签名的规则计算得出，并说明是谁的规则。
help-how-title = 如何核查一份证书
help-how = 按纸面所印输入编号，或打开二维码中的链接。选择在哪里、对哪种产品使用。先看答案，再核对纸质证书，然后看各个步骤。
help-wrong-title = 如果发现错误
help-wrong = 每一页都写明谁能更正记录或其状态。网页和节点都不能更改别人签署的内容。
help-privacy-title = 我们保存哪些与您有关的信息
help-privacy = 不保存您的问题。节点只记录每次请求的路径、时间和结果状态，不记录查询词和访问者的地址，也不设置 Cookie。

# Search.
search-count = { $count ->
   *[other] { $count } 条记录
}
search-count-for = “{ $words }”：{ $records }
search-facet-status = 状态
search-facet-kind = 记录种类
search-facet-economy = 经济体
search-facet-standard = 标准
search-facet-hs = HS 章
search-facet-year = 签发年份
search-facet-count = { $count }
search-sort = 排序
search-sort-relevance = 最相符的在前
search-sort-newest = 最新的在前
search-sort-expiring = 最早到期的在前
search-current = 当前查询
search-remove = 移除
search-did-you-mean = 没有找到所输入的内容，现显示：
search-results = 结果
search-nothing = 没有找到。这并不说明证书是假的：它可能没有在此发布。请逐字核对，或去掉一个条件。
search-next = 下一页
search-narrow = 缩小范围

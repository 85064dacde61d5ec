# Search.
search-count = { $count ->
    [zero] لا قيود ({ $count })
    [one] قيد واحد ({ $count })
    [two] قيدان ({ $count })
    [few] { $count } قيود
    [many] { $count } قيدًا
   *[other] { $count } قيد
}
search-count-for = { $records } عن «{ $words }»
search-facet-status = الحالة
search-facet-kind = نوع القيد
search-facet-economy = الاقتصاد
search-facet-standard = المواصفة
search-facet-hs = فصل النظام المنسق
search-facet-year = سنة الإصدار
search-facet-count = { $count }
search-sort = الترتيب
search-sort-relevance = الأنسب أولًا
search-sort-newest = الأحدث أولًا
search-sort-expiring = الأقرب انتهاءً أولًا
search-current = البحث الحالي
search-remove = إزالة
search-did-you-mean = لم يُعثر على ما كُتب. المعروض هو:
search-results = النتائج
search-nothing = لم يُعثر على شيء. هذا لا يعني أن الشهادة مزوَّرة: فقد لا تكون منشورة هنا. تحقق من كل حرف، أو أزل أحد الشروط.
search-next = الصفحة التالية
search-narrow = تضييق البحث

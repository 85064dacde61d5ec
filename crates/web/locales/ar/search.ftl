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
search-facet-economy = اقتصاد المُصدِر
search-facet-standard = المواصفة
search-facet-hs = فصل النظام المنسق
search-facet-year = سنة الإصدار
search-facet-count = { $count }
search-sort = الترتيب
search-sort-relevance = الأنسب أولًا
search-sort-newest = الأحدث أولًا
search-sort-expiring = الأقرب انتهاءً أولًا
search-sort-logged = الأحدث نشرًا أولًا
search-current = البحث الحالي
search-remove = إزالة
search-did-you-mean = لم يُعثر على ما كُتب. المعروض هو:
search-similar = لا يوجد رقم مطابق تمامًا. أرقام تشبهه أو تختلف عنه بخانة واحدة:
search-letters-latin = بعض الحروف المكتوبة لاتينية. وفي رقم مما يلي حروف من أبجدية أخرى في مواضعها، تبدو مطابقة لها.
search-letters-cyrillic = بعض الحروف المكتوبة سيريلية. وفي رقم مما يلي حروف من أبجدية أخرى في مواضعها، تبدو مطابقة لها.
search-letters-greek = بعض الحروف المكتوبة يونانية. وفي رقم مما يلي حروف من أبجدية أخرى في مواضعها، تبدو مطابقة لها.
search-wrong = { $name }: تعذّرت قراءة «{ $value }» فلم يؤخذ به.
search-wrong-hs = رمز النظام المنسق في البحث من 2 أو 4 أو 6 أو 8 أو 10 أرقام.
search-results = النتائج
search-judged-for = كل إجابة تخص: { $economy }، { $day }.
search-unsearchable = لا شيء يُبحث عنه
search-unsearchable-detail = ليس في ما كُتب حرف ولا رقم. اكتب رقم شهادة أو شركة أو منتجًا أو مواصفة أو رمزًا من النظام المنسق.
search-nothing = لم يُعثر على شيء. هذا لا يعني أن الشهادة مزوَّرة: فقد لا تكون منشورة هنا. تحقق من كل حرف، أو أزل أحد الشروط.
search-next = الصفحة التالية
search-narrow = تضييق البحث
search-data = هذه النتائج كبيانات:
search-follow = المتابعة:
search-only = ما يُعترف به هناك فقط
search-only-chip = المعترف به فقط: { $economy }
search-only-choose = اختر أين يُراد الاعتراف به، لترى ما يُعترف به هناك فقط.
search-counting = { $economy }: ما يُعترف به هناك
search-counting-for = { $economy }: ما يُعترف به هناك من نتائج «{ $words }»
search-counting-nothing = لا يُعترف هناك بشيء مما حُكم عليه. هذا لا يعني أنه لا يُعترف بشيء: فقد لا يكون منشورًا هنا، أو قد يأتي فيما بعد.
search-counting-next = متابعة الحكم
search-group-recognised = معترف بها
search-group-conditions = معترف بها بشروط
search-group-results = النتائج فقط
search-codes = رمز المنتج الذي تعنيه هذه الكلمات على الأرجح:
search-number-code = وهذا المنتج إن كان رمزًا في النظام المنسق:
search-derived = رمز محتمل من الاسم، غير مصرَّح به:
search-taken-down = نُشر قيد بهذا الرقم، ثم سُحب من النشر بتاريخ { $day }.
search-taken-down-ground = الأساس المذكور
search-taken-down-ask = لمعرفة هل حلّ محله قيد آخر، اسأل
search-noticed = الإشعارات: { $count }. أخطرها: { $sort }.

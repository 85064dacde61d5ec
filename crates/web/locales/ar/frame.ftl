# What stands around every page.
frame-skip = انتقل إلى المحتوى
frame-search = رقم الشهادة أو الشركة أو المنتج أو المواصفة أو رمز النظام المنسق
frame-search-short = رقم، شركة، منتج
frame-go = بحث
colon = {": "}
frame-pages = الصفحات
frame-search-page = البحث في جميع القيود
frame-economies = الاقتصادات
frame-arrangements = من يعترف بمن
frame-log = سجل التدوين
frame-guide = النشر
frame-help = مساعدة
frame-languages = اللغات
frame-demo = عرض تجريبي: عالم مُتخيَّل. لا يوجد هنا أي قيد حقيقي.
frame-as-of = { $size ->
    [zero] لا توجد قيود في سجل تدوين هذه العقدة
    [one] في سجل تدوين هذه العقدة قيد واحد ({ $size })
    [two] في سجل تدوين هذه العقدة قيدان ({ $size })
    [few] في سجل تدوين هذه العقدة { $size } قيود
   *[other] في سجل تدوين هذه العقدة { $size } قيدًا
} حتى { $day }، الساعة { $time } بالتوقيت العالمي.
frame-authentic = الملف الموقَّع وحده هو الأصل. أما الصفحة فهي نسخة يسهل قراءتها.
frame-api = للبرامج
frame-this-page-as-data = هذه الصفحة كبيانات
frame-privacy = ما الذي يُحفظ عنك
period = من { $from } إلى { $until }
period-open = اعتبارًا من { $from } دون تاريخ انتهاء
ask-in = تُستخدم في
ask-any = أي اقتصاد
ask-choose = اختر الاقتصاد
ask-hs = رمز المنتج في النظام المنسق
ask-on = في يوم
ask-printed = قارن المزيد مما هو مطبوع على ورقتك
ask-again = تحقَّق
trouble-home = الصفحة الأولى
trouble-question = تتعذر قراءة السؤال
trouble-parameter-detail = لا يمكن قراءة «{ $value }» بوصفها { $name }. ارجع وصحِّحها.
trouble-codes-detail = لا يُقارَن في المرة الواحدة أكثر من { $most } من رموز المنتجات. وفي هذا السؤال أكثر من ذلك، ولم يُجَب عن شيء منه. ارجع واسأل عن عدد أقل.
trouble-too-long = المطلوب أكثر مما تقرؤه هذه الصفحة
trouble-too-long-detail = يتسع العنوان لسؤال لا يتجاوز { $size } كيلوبايت في { $values } قيمة، طول كل منها { $characters } حرف على الأكثر. وهذا العنوان يتجاوز ذلك، فلم يُجَب عن شيء منه. ارجع واسأل عن أقل من ذلك، أو استخدم واجهة البرامج.
trouble-failed = لا توجد إجابة الآن
trouble-failed-detail = لم تتمكن العقدة من الإجابة. لم يُفقد شيء. حاول بعد دقيقة.
trouble-no-page = لا توجد صفحة كهذه
trouble-no-page-detail = ربما كُتب العنوان خطأً، أو كان من إصدار أحدث. ابدأ من الصفحة الأولى.
trouble-no-record = هذا القيد غير محفوظ هنا
trouble-no-record-detail = لا تحتفظ هذه العقدة بأي قيد باسم «{ $id }». هذا لا يعني أن الشهادة مزوَّرة. تحقق من كل حرف، أو ابحث برقمها.
trouble-not-printed = هذه ليست الوثيقة التي طُبعت
trouble-not-printed-detail = يوجد هنا قيد بهذا الاسم، لكنه ليس الوثيقة التي يؤدي إليها الرابط أو الرمز المطبوع. اسأل من أصدر الورقة.
trouble-taken-down = محتوى هذا القيد محجوب
trouble-taken-down-detail = حجبت سلطة سجل التدوين المحتوى بأمر منها. ويبقى القيد في سجل التدوين.
several-title = عدة قيود تحمل هذا الاسم
several-lead = يستخدم موقِّعون مختلفون أو محتويات مختلفة الاسم نفسه. اختر القيد الذي يظهر موقِّعه على ورقتك.

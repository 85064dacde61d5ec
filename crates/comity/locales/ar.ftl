# ما يحيط بالأحكام في سطر الأوامر.

not-said = (غير مذكور)
hypothetical = افتراض
headline = { $result } في { $economy } بتاريخ { $day }
    .capped = { $result }، حتى المستوى { $level }، في { $economy } بتاريخ { $day }
result-recognised = معترف بها
result-recognisedWithConditions = معترف بها بشروط
result-resultsOnly = النتائج فقط
result-notRecognised = غير معترف بها
result-cannotTell = لا يمكن الجزم
still-to-do = ما زال مطلوبًا: { $text }
by-policy = بموجب سياسة هذه العقدة: { $text }
fits-too = يطابق أيضًا: { $id } من { $issuer }
holds-until = يسري هذا الحكم حتى { $day }
from-bundle = من حزمة: ما كان معروفًا في { $knownAt }، قبل { $age }
rests = مبني { $basis }
known-from = كما يُعرف من { $origin }، وعدد قيوده { $size }
file-number = رقم الملف { $number }
reference = المرجع { $reference }، حسبه { $by }
demo = عالم خيالي للعرض: لا شيء فيه حقيقي.
decides = ← الحاسم
compared = { $field }: على الورقة { $paper }؛ في القيد { $record }. { $mark }
    .silent = { $field }: على الورقة { $paper }. { $mark }
evidence = دليل { $digest }
ask = اسأل { $whom }: { $ask }
column-line = السطر
column-verdict = الحكم
column-decidedBy = الخطوة الحاسمة
column-summary = الملخص
column-until = حتى
column-reference = المرجع
column-notices = الإشعارات
column-number = الرقم
column-in = في
column-why = السبب
column-before = سابقًا
rule = قاعدة: { $title }، { $basis }
    .reading = قاعدة: { $title } (لا بد من قراءتها)، { $basis }
requirement-missing = ناقص
requirement-not-judged = لم يوجد بين ما فُحص
requirement-answered = مستوفى
requirement-to-do = مطلوب
counting = { $number } { $name } ({ $issuer }): { $verdict }، وما زال مطلوبًا: { $open }
ask-whom = اسأل: { $whom }
age-days = { $n ->
    [one] يوم واحد
    [two] يومين
    [few] { $n } أيام
    [many] { $n } يومًا
   *[other] { $n } يوم
}
age-hours = { $n ->
    [one] ساعة واحدة
    [two] ساعتين
    [few] { $n } ساعات
    [many] { $n } ساعة
   *[other] { $n } ساعة
}
age-minutes = { $n ->
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $n } دقائق
    [many] { $n } دقيقة
   *[other] { $n } دقيقة
}
age-seconds = { $n ->
    [one] ثانية واحدة
    [two] ثانيتين
    [few] { $n } ثوانٍ
    [many] { $n } ثانية
   *[other] { $n } ثانية
}
column-depth = العمق
column-how = الكيفية
column-name = الاسم
column-holder = الحائز
column-issuer = المُصدر
column-state = الحالة
column-through = عبر
column-record = القيد
impact-alone = يتطابق الرقم وحده في { $alone } من { $found }: لا تذكر قيودها صاحب الرقم، أو تذكره بمعرّف آخر.
impact-cut = قد يكون هناك أكثر من هذه القيود ({ $found })؛ اسأل مع --limit أكبر (حتى 10000).
column-kind = النوع
column-from = منذ
column-what = ماذا
column-as = بصفته
column-by = من
column-logged = دُوّن
column-facet = الوجه
column-value = القيمة
column-count = العدد
column-validUntil = حتى
label-kind = النوع
label-state = الحالة
label-number = الرقم
label-holder = الحائز
label-issuer = المُصدر
label-authority = السلطة
label-standards = المواصفات
label-economies = الاقتصادات
label-issuedOn = صدر في
label-validFrom = يسري من
label-validUntil = يسري حتى
label-imported = مستورد
label-sourceId = معرّف المصدر
label-fetchedOn = جُلب في
label-log = سجل التدوين
label-logIndex = الموضع فيه
label-loggedAt = دُوّن في
label-id = المعرّف
label-digest = البصمة
label-asOf = حتى
label-citeAs = يُذكر هكذا
label-promises = يتعهد
label-brokenBy = أخلّ به
made-up = مختلق للعرض
promise-kinds = كل { $kinds } صدر منذ { $since }، خلال { $hours } ساعة من نهاية يومه، من
promise-until = صادر حتى { $until }
promise-late = { $id } من { $issuer }: موعده { $due } ودُوّن في { $logged }
promise-cut = لم يُفحص كل ما لكل مُصدر بحثًا عما تأخر
several-fit = تطابق عدة قيود: اسأل مجددًا بمعرّف أحدها أو بصمته.
nothing-happened = لم يطرأ عليه شيء منذ تدوينه.
not-held = لا تحفظ { $node } قيدًا باسم { $name }
not-held-help = ابحث عنه بالكلمات: { $command }
not-held-notices = لا تحفظ { $node } قيدًا باسم { $name }، بل إشعارات عن هذا الرقم
not-held-notices-help = اقرأها: { $command }
found-count = عدد القيود: { $shown }
found-of = { $shown } من { $total } قيدًا؛ الخيار --all يعرضها كلها
found-of-more = { $shown } من { $total } قيدًا على الأقل؛ الخيار --all يعرضها كلها
found-meant = لم يُعثر على شيء. هل تقصد { $meant }؟
found-alike = لم يُعثر على شيء. أرقام تشبهه أو تختلف برقم واحد: { $numbers }
found-nothing = لم يُعثر على شيء. أزل مرشّحًا أو استعمل كلمات أقل.
facet-kind = النوع
facet-issuerEconomy = اقتصاد الإصدار
facet-issuer = المُصدر
facet-standard = المواصفة
facet-hs = رمز النظام المنسق
facet-year = السنة
facet-status = الحالة
step-integrity = السلامة
step-identity = الهوية
step-registration = التسجيل
step-log = التدوين
step-status = الحالة
step-territory = الإقليم
step-dates = التواريخ
step-product = المنتج
step-competence = الكفاءة
step-accreditor = جهة الاعتماد
step-evidenceChain = سلسلة الأدلة
step-arrangement = الترتيب
step-standard = المواصفة
step-importRule = قاعدة الاستيراد
step-claims = الادعاءات
legal = حُسب من قيود منشورة وموقَّعة وفق سياسة هذه العقدة، وليس قرارًا قانونيًّا.
legal-demo = عرض تجريبي: لا شيء هنا حقيقي. حُسب من قيود مُتخيَّلة وفق سياسة مُتخيَّلة، وليس قرارًا قانونيًّا.
legal-offline = حُسب من القيود التي في الحزمة وفق سياستك أنت، وليس قرارًا قانونيًّا.
computed-here = هذا البرنامج من الحزمة وحدها
list-columns = لم يُقارن شيء في هذه الأعمدة: { $columns }
list-changed = صفوف تغيّرت أو استجدّت: { $n }
list-left = صفوف من الملف السابق لم يُسأل عنها الآن: { $n }
list-new = جديد
list-product-in-words = المنتج مذكور بالكلمات في القائمة ولم يُقارن.
repeat-same = مطابق بايتًا ببايت: { $verdict } ({ $reference })
repeat-same-now = مطابق بأدلة الآن: { $verdict } ({ $reference })
repeat-differs = مختلف: حينها { $then }، والآن { $now }
repeat-at = { $at }: حينها { $then }، والآن { $now }
repeat-step = الخطوة { $step }
repeat-only-place = يختلف السؤال أو مواضع سجلات التدوين ولا شيء غيرها
notices-heading = إشعارات (لا تحسم الحكم)
notices-more = والمزيد: { $all }
notice-by = { $sort } من { $name } ({ $id })، { $since }: { $text }
notice-reply = ردّ، { $answer }
notice-forgedCertificate = شهادة مزورة
notice-misuse = إساءة استعمال
notice-confirmationRequest = طلب تأكيد
notice-confirmationReply = ردّ
notice-response = توضيح
notice-number = بشأن الرقم { $number }
notice-number-of = بشأن الرقم { $number } من { $issuer }
notice-party = بشأن { $party }
notice-asked = مطلوب من { $whom } قبل { $due }: { $answered }
notice-answered = أُجيب في { $day }
notice-terms = الشروط: { $text }
notice-basis = السند: { $text }
notice-id = المعرّف: { $text }
verify-genuine = { $place }: أصيل، { $kind }، وقّعه { $signers }
verify-digest = بصمة القيد { $digest }
verify-not-genuine = { $place }: غير أصيل:
verify-empty = { $file } فارغ
request-open = مفتوح
request-noAnswerByTheDay = لا جواب حتى ذلك اليوم

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

# كلمات قائمة بذاتها: الحالات والأنواع والأحكام، وكيفية كتابة التواريخ. المصطلحات وفق ISO/IEC 17000.

not-said = (غير مذكور)
list-separator = {"، "}
# بين أشياء يكفي أحدها.
list-or = {" أو "}
# طرف باسمه ومعرّفه.
party = { $name } ({ $did })

## التواريخ

day = { $day } { $month ->
    [1] يناير
    [2] فبراير
    [3] مارس
    [4] أبريل
    [5] مايو
    [6] يونيو
    [7] يوليو
    [8] أغسطس
    [9] سبتمبر
    [10] أكتوبر
    [11] نوفمبر
   *[12] ديسمبر
} { $year }
moment = { $day }، الساعة { $time } بالتوقيت العالمي
between = تاريخ يقع بين { $from } و { $to }

## الأحكام

result-recognised = معترف بها
result-recognisedWithConditions = معترف بها بشروط
result-resultsOnly = النتائج فقط
result-cannotTell = لا يمكن الجزم
result-notRecognised = غير معترف بها

## نتيجة الفحص

outcome-pass = مستوفى
outcome-warn = مستوفى مع ملاحظة
outcome-asked = بقيت متطلبات
outcome-unknown = لا يمكن الجزم
outcome-fail = غير مستوفى
outcome-notApplicable = غير مطلوب

## حالات القيد

state-active = ساري المفعول
state-pending = لم يسرِ بعد
state-partiallySuspended = معلَّق جزئيًّا
state-suspended = معلَّق
state-superseded = مستبدَل
state-transferred = منقول
state-withdrawn = مسحوب
state-annulled = مُلغى
state-expired = منتهي الصلاحية
state-unknown = غير معروف

## أنواع القيود

kind-Attestation = إشهاد
kind-CompetenceGrant = اعتماد أو تعيين
kind-Arrangement = ترتيب
kind-Participation = مشاركة
kind-StatusEvent = تغيير حالة
kind-Registration = تسجيل
kind-KeyRevocation = إبطال مفتاح
kind-FederationList = قائمة الاتحاد
kind-MemberKeys = مفاتيح عضو
kind-Standard = مواصفة
kind-ImportRule = قاعدة استيراد
kind-Commitment = توثيق
kind-Notice = إشعار
kind-Takedown = سحب من النشر
kind-CoverageStatement = تصريح بالاكتمال

## أنواع الإشهادات

attestation-productCertificate = شهادة منتج
attestation-typeExamination = شهادة فحص الطراز
attestation-typeApproval = اعتماد الطراز
attestation-msCertificate = شهادة نظام إدارة
attestation-personCertificate = شهادة أفراد
attestation-testReport = تقرير اختبار
attestation-inspectionReport = تقرير تفتيش
attestation-inspectionCertificate = شهادة تفتيش
attestation-calibrationCertificate = شهادة معايرة
attestation-refMaterialCertificate = شهادة مادة مرجعية
attestation-ptReport = تقرير اختبار كفاءة
attestation-vvStatement = بيان مصادقة أو تحقق
attestation-declaration = إقرار مطابقة
attestation-permit = تصريح رسمي
attestation-consignmentCertificate = شهادة إرسالية
attestation-shipmentCertificate = شهادة شحنة

## من يُسأل

who-issuer = المُصدِر
who-authority = السلطة التي سجّلت المُصدِر
who-grantor = جهة الاعتماد أو التعيين
who-laboratory = المختبر
who-standardsBody = هيئة التقييس
who-destination = سلطة المقصد
who-successor = الهيئة التي تتسلمها
who-importer = مستورد بيانات السجل الرسمي
who-logOperator = مشغّل سجل التدوين
who-secretariat = أمانة الترتيب
who-policyKeeper = القائم على السياسة
who-asker = أنت
who-holder = حامل الشهادة
who-keyholders = الموقِّعون على قائمة الاتحاد

## على قول من يستند الحكم

basis-destinationSigned = إلى توقيع سلطة المقصد نفسها
basis-partiesSigned = إلى توقيع أطراف أخرى أو الأمانة، لا إلى توقيع سلطة المقصد نفسها
basis-transcribed = على نص عام نقله شخص آخر ولم يوقّعه أي من أطرافه
basis-none = لا إلى قول أحد

## بمَ يلتزم المقصد

degree-competence = يعدّ اعتمادات الطرف الآخر مكافئة
degree-results = يقبل نتائج الطرف الآخر ويصدر موافقته الخاصة
degree-certificates = يقبل شهادة الطرف الآخر كأنها شهادته
degree-bodies = يدرج في قائمته هيئات الطرف الآخر التي تعمل وفق قواعده
degree-rules = ما هو مشروع هناك مشروع هنا

## ما يحدث للقيد

action-suspend = تعليق
action-reinstate = إعادة إلى السريان
action-reduceScope = تقليص المجال
action-extendScope = توسيع المجال
action-withdraw = سحب
action-annul = إلغاء
action-amend = تصحيح
action-supersede = استبدال
action-disown = تبرؤ المختبر
action-refuseRecognition = رفض الاعتراف
action-restoreRecognition = استعادة الاعتراف
action-observed = شوهد دون تغيير
action-transfer = نقل إلى هيئة أخرى

## بأي صفة

capacity-issuer = المُصدِر
capacity-grantor = جهة الاعتماد أو التعيين
capacity-authority = السلطة
capacity-destinationAuthority = سلطة المقصد
capacity-court = محكمة
capacity-laboratory = المختبر

## لماذا تغيرت الحالة

reason-surveillanceNotPermitted = عدم السماح بالمتابعة
reason-nonconformity = عدم مطابقة
reason-nonPayment = عدم السداد
reason-voluntary = بطلب من حاملها
reason-bodyCeased = توقف نشاط الهيئة
reason-accreditationLost = فقدان الاعتماد
reason-standardSuperseded = استبدال المواصفة
reason-fictitiousReport = تقرير وهمي
reason-supportingReportNotConfirmed = عدم تأكيد التقرير المستند إليه
reason-misuseOfMark = إساءة استعمال علامة
reason-safetyRisk = خطر على السلامة
reason-legislationReplaced = استبدال التشريع
reason-clericalError = خطأ كتابي
reason-courtOrder = أمر قضائي
reason-sanction = عقوبات
reason-keyCompromise = انكشاف المفتاح
reason-duplicate = مكرر
reason-unknownCause = سبب غير معروف

## لماذا لا يصرّح أحد بأنه لا يُعرف شيء آخر

statement-missing = لا تحوي الحزمة تصريحًا بالحالة
statement-signerNotListed = لا تذكر السياسة مفتاح تصريحها بالحالة
statement-otherRecord = تصريحها بالحالة عن قيد آخر
statement-otherDestination = تصريحها بالحالة عن مقصد آخر
statement-otherDay = صدر تصريحها بالحالة قبل هذا اليوم ومن أجل يوم آخر
statement-otherMoment = صدر تصريحها بالحالة في لحظة أخرى
statement-recordMissing = قيد يذكره تصريحها بالحالة غير موجود في الحزمة
statement-recordNotListed = في الحزمة قيد لا يذكره تصريحها بالحالة
statement-otherHeads = يذكر تصريحها بالحالة حالات أخرى لسجلات التدوين
statement-otherContents = صدر تصريحها بالحالة لمحتوى آخر

## ما يطلبه متطلب واحد من قاعدة استيراد، جزءًا جزءًا

requirement = { $sort }: { $parts }
requirement-between = {"؛ "}
requirement-any-edition = { $standard } (أي إصدار)
requirement-kinds = { $values }
requirement-standards = وفق { $values }
requirement-regulations = بموجب { $values }
requirement-schemes = ضمن النظام { $values }
requirement-issuers = جهة الإصدار: { $values }
requirement-economies = اقتصاد جهة الإصدار: { $values }
requirement-grants = لدى جهة الإصدار: { $values }
requirement-issued-from = صادر في { $values } أو بعده
requirement-deviation = البند { $clause } من { $standard }، كما يختلف في { $economy }
requirement-languages = { $values }

## ما هو مطبوع على الورقة، ومدى موافقته للقيد

paper-number = الرقم
paper-holder = حامل الشهادة
paper-manufacturer = الصانع
paper-factory = المصنع
paper-model = الطراز
paper-gtin = GTIN
paper-serial = الرقم التسلسلي
paper-lot = التشغيلة
paper-quantity = الكمية
paper-codes = رمز المنتج
paper-standard = المواصفة
paper-issuedOn = تاريخ الإصدار
paper-validUntil = آخر يوم للسريان
paper-scope = المجال
mark-same = مطابق
mark-covered = مشمول
mark-differs = غير مطابق
mark-reading = يلزم أن يقرأه شخص
mark-notSaid = لا يذكره القيد

## How a record rests on something, and what is said where none does

relation-issuedBy = صادر عنه
relation-standard = ينص على استيفاء المواصفة
relation-grant = يقوم على الاعتماد أو التعيين
relation-testReport = يستند إلى تقرير الاختبار
relation-inspection = يستند إلى التفتيش
relation-audit = يستند إلى التدقيق
relation-componentCertificate = يستند إلى شهادة مكون
impact-unknown = لا يُعرف هنا شيء بهذا الاسم. وهذا ليس إثبات سلامة: لا يمكن القول من هنا إن كان شيء يستند إليه. تحقق من كتابته كما يكتبه القيد، واسأل جهة الإصدار.
impact-none = لا شيء مما هو محفوظ هنا يستند إليه.

# Words of the closed lists of records, as pages show what a record says. The term of each is that of
# ISO/IEC 17000 as far as it has one (docs/adding-a-language.md).

## Kinds of grants of competence

grantType-accreditation = اعتماد
grantType-designation = تعيين
grantType-notification = إخطار
grantType-cmc = قدرة المعايرة والقياس
grantType-peerAssessment = تقييم الأقران
grantType-schemeMembership = عضوية في برنامج
grantType-approval = موافقة

## Activities of conformity assessment

activity-testing = الاختبار
activity-calibration = المعايرة
activity-medicalTesting = الاختبارات الطبية
activity-inspection = التفتيش
activity-msCertification = منح شهادات نظم الإدارة
activity-productCertification = منح شهادات المنتجات
activity-personCertification = منح شهادات الأشخاص
activity-validation = المصادقة
activity-verification = التحقق
activity-ptProvision = تقديم اختبارات الكفاءة
activity-rmProduction = إنتاج المواد المرجعية
activity-biobanking = حفظ العينات الحيوية
activity-typeApproval = اعتماد الطراز
activity-permit = إصدار التصاريح

## Whether a scope is closed

flexibility-fixed = ثابت: ما هو مدرج فقط
flexibility-flexibleMethod = مرن: يجوز تغيير الطرائق
flexibility-flexibleProduct = مرن: يجوز تغيير المنتجات

## Sorts of arrangements

arrangementType-governmentMra = اتفاق اعتراف متبادل بين الحكومات
arrangementType-accreditationMla = ترتيب اعتراف متعدد الأطراف بين هيئات الاعتماد
arrangementType-metrologyMra = ترتيب اعتراف متبادل في علم القياس
arrangementType-certificationSystem = نظام لمنح الشهادات
arrangementType-certificateRecognition = الاعتراف بالشهادات
arrangementType-harmonisedRegime = نظام منسق
arrangementType-equivalence = التكافؤ
arrangementType-unilateral = اعتراف من طرف واحد
arrangementType-bilateralAuthority = ترتيب بين سلطتين

## What an arrangement binds by

legalNature-treaty = معاهدة
legalNature-agreement = اتفاق
legalNature-nonBindingArrangement = ترتيب غير ملزم قانونا
legalNature-privateMultilateral = ترتيب متعدد الأطراف في القانون الخاص
legalNature-unilateralMeasure = تدبير من طرف واحد

## Whether a chapter works

phase-confidenceBuilding = بناء الثقة: لم يبدأ العمل به بعد
phase-operational = معمول به
phase-suspended = معلق
phase-lapsed = انقضى
phase-repealed = ملغى

## How firmly the importing side is bound

obligation-shallAccept = عليه القبول
obligation-shallAcceptOrJustify = عليه القبول أو بيان الأسباب
obligation-shallPromoteAcceptance = يجب تشجيع القبول
obligation-mayAccept = يجوز القبول

## Whose requirements were applied

requirementsBasis-importer = متطلبات المقصد
requirementsBasis-exporter = متطلبات الجهة المصدرة
requirementsBasis-commonStandard = مواصفة مشتركة
requirementsBasis-equivalent = متطلبات تعد متكافئة

## Whose results count where

directionMode-mutual = كل مشارك يعترف بكل مشارك آخر
directionMode-producerToAll = الجهات المصدرة يعترف بها الجميع
directionMode-declaredPairs = بين الأزواج المدرجة فقط
directionMode-oneWay = في اتجاه واحد فقط للأزواج المدرجة

## How a level is compared, and what lies above it

levelMode-cap = حتى
levelMode-exact = بالضبط
levelMode-min = على الأقل
aboveCap-acceptedUpToCap = ما فوقه يحتسب حتى هذا المستوى
aboveCap-notAccepted = ما فوقه لا يحتسب

## What becomes of attestations after the end of a chapter

afterEnd-ceaseImmediately = تكف عن السريان فورا
afterEnd-untilExpiry = تسري حتى انتهاء مدتها
afterEnd-untilDate = تسري حتى هذا اليوم

## Roles in an arrangement

participationRole-signatory = طرف موقع
participationRole-authorising = مشارك مانح للشهادات
participationRole-consuming = مشارك مستفيد
participationRole-issuingAuthority = سلطة إصدار
participationRole-utilizer = جهة مستخدمة
participationRole-associate = مشارك منتسب
participationRole-designatingAuthority = سلطة تعيين
participationRole-member = عضو

## What a destination declares, and on whose word a participation rests

declaration-accept = تقبل
declaration-acceptWithConditions = تقبل بشروط
declaration-notAccept = لا تقبل
assertedBy-secretariat = أمانة الترتيب
assertedBy-participant = المشارك نفسه
assertedBy-peer = سلطة طرف آخر
assertedBy-transcriber = من نقل نصا منشورا

## Sorts of things that a destination asks for

requirementSort-attestation = شهادة أو تقرير
requirementSort-deviation = حيود وطني عن المواصفة
requirementSort-marking = علامة على المنتج
requirementSort-language = لغة البطاقات والتعليمات
requirementSort-localRepresentative = ممثل في المقصد
requirementSort-registration = القيد في سجل
requirementSort-other = غير ذلك

## Sorts of standards

standardSort-standard = مواصفة
standardSort-technicalRegulation = لائحة فنية
standardSort-method = طريقة
standardSort-scheme = برنامج

## Why a key ends

revocationReason-superseded = حل محله مفتاح آخر
revocationReason-ceased = توقفت الجهة عن نشاطها
revocationReason-keyCompromise = قد يكون في حوزة غيره

## Answers to a request for confirmation

answer-confirmed = الأمر كما ذكر
answer-notConfirmed = الأمر ليس كما ذكر
answer-cannotSay = يتعذر الجزم

## What a piece of evidence is to an attestation, and whether the law asks for one

evidenceRole-testReport = تقرير اختبار
evidenceRole-inspection = تفتيش
evidenceRole-audit = تدقيق
evidenceRole-componentCertificate = شهادة مكون
regime-mandatory = مطلوب قانونا
regime-voluntary = طوعي
regime-private = خاص

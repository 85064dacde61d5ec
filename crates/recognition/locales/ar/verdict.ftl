# ما تقوله الأحكام. رسالة لكل رمز، باسمه، مع «-» بدل «.»؛ و`.ask` هو ما يُسأل عنه من يستطيع البتّ.
# المصطلحات وفق ISO/IEC 17000 بالعربية؛ انظر docs/adding-a-language.md.

## الأسئلة التي تجيب عنها الخطوات

step-integrity = هل التوقيع صحيح؟
step-identity = هل هي وثيقة واحدة؟
step-registration = هل كان يحق للموقّع أن يوقّعها؟
step-log = هل نُشرت، ومتى؟
step-status = هل هي سارية في ذلك اليوم؟
step-territory = هل خلت من أي رفض للاعتراف من جهة المقصد؟
step-dates = هل هي صالحة في ذلك اليوم؟
step-product = هل تخصّ هذا المنتج؟
step-competence = هل كان المُصدِر مؤهلًا لها؟
step-accreditor = هل كانت جهة الاعتماد أو التعيين في وضع سليم؟
step-evidenceChain = هل كان ما تستند إليه موجودًا قبلها؟
step-arrangement = هل يوجد ترتيب يجعلها معترفًا بها هناك؟
step-standard = هل هي المواصفة المقصودة؟
step-importRule = ما الذي يطلبه المقصد لهذا المنتج؟
step-claims = هل ما تدّعيه عن الترتيبات صحيح؟

## الحكم كله في جملة واحدة

summary-recognised = معترف بها في { $economy } بتاريخ { $day }.
    .capped = معترف بها في { $economy } بتاريخ { $day }، حتى المستوى { $level }.
    .transcribed = معترف بها في { $economy } بتاريخ { $day }، وفق نصوص عامة منقولة.
    .cappedTranscribed = معترف بها في { $economy } بتاريخ { $day }، حتى المستوى { $level }، وفق نصوص عامة منقولة.
summary-recognisedWithConditions = معترف بها في { $economy } بتاريخ { $day }، مع شروط لم تُستوفَ بعد.
    .capped = معترف بها في { $economy } بتاريخ { $day }، حتى المستوى { $level }، مع شروط لم تُستوفَ بعد.
    .transcribed = معترف بها في { $economy } بتاريخ { $day }، وفق نصوص عامة منقولة، مع شروط لم تُستوفَ بعد.
    .cappedTranscribed = معترف بها في { $economy } بتاريخ { $day }، حتى المستوى { $level }، وفق نصوص عامة منقولة، مع شروط لم تُستوفَ بعد.
summary-resultsOnly = في { $economy } بتاريخ { $day } تُقبل نتائجها دون قرارها.
    .capped = في { $economy } بتاريخ { $day } تُقبل نتائجها دون قرارها، حتى المستوى { $level }.
    .transcribed = في { $economy } بتاريخ { $day } تُقبل نتائجها دون قرارها، وفق نصوص عامة منقولة.
    .cappedTranscribed = في { $economy } بتاريخ { $day } تُقبل نتائجها دون قرارها، حتى المستوى { $level }، وفق نصوص عامة منقولة.
summary-notRecognised = غير معترف بها في { $economy } بتاريخ { $day }.
summary-cannotTell = لا يمكن الجزم بما إذا كان معترفًا بها في { $economy } بتاريخ { $day }.
# يسبق كل ما يستند إلى مسودة غير موقّعة.
hypothetical = افتراض:
# يُضاف حين يشرح الخطوةَ رمزٌ آخر ويبقى هذا مما يجب قوله.
no-log-pinned = لا تعتمد السياسة أي سجل تدوين من { $economiesWithoutLog }.
# يُضاف بعد السبب حين تختلف الورقة عن القيد في أكثر مما يذكره السبب.
differs = تختلف الورقة عن القيد في: { $differs }.
    .more = تختلف الورقة عن القيد في: { $differs }، وبيانات أخرى عددها { $count }.
warned-forgedCertificate = يوجد تحذير ساري المفعول بشأن هذا الرقم: شهادة مزوَّرة.
warned-misuse = يوجد تحذير ساري المفعول بشأن هذا الرقم: إساءة استخدام علامة أو اسم أو شهادة.
looks-like = يشبه هذا الرقم { $number }، لكن فيه حروفًا من أبجدية أخرى.
    .warned = يشبه هذا الرقم { $number }، لكن فيه حروفًا من أبجدية أخرى؛ ويوجد تحذير ساري المفعول بشأن ذلك الرقم.
later = بعد ذلك اليوم: { $state } (اعتبارًا من { $day }).
    .undated = بعد ذلك اليوم: { $state }.

## ما يطلبه المقصد لمنتج

requirements-nonePublished = لم تنشر { $economy } أي قاعدة للرمز { $code } سارية بتاريخ { $day }: فلا يمكن أن يُعرف من هنا ما تطلبه. { $counting ->
        [0] لا يُعترف هناك بأي إشهاد منشور
        [one] يُعترف هناك بإشهاد منشور واحد
        [two] يُعترف هناك بإشهادين منشورين
       *[other] يُعترف هناك بعدد { $counting } من الإشهادات المنشورة
    }. اسأل سلطتها المختصة.
requirements-noneHeld = لا توجد هنا قاعدة من { $economy } للرمز { $code } بتاريخ { $day }: فلا يمكن أن يُعرف من هنا ما تطلبه. { $counting ->
        [0] لا يُعترف هناك بأي إشهاد منشور
        [one] يُعترف هناك بإشهاد منشور واحد
        [two] يُعترف هناك بإشهادين منشورين
       *[other] يُعترف هناك بعدد { $counting } من الإشهادات المنشورة
    }. اسأل سلطتها المختصة.
requirements-nothing = لا تطلب { $economy } شيئًا للرمز { $code } بتاريخ { $day }.
requirements-asks = { $things ->
        [one] تضع { $economy } متطلبًا واحدًا
        [two] تضع { $economy } متطلبين اثنين
        [few] تضع { $economy } { $things } متطلبات
        [many] تضع { $economy } { $things } متطلبًا
       *[other] تضع { $economy } { $things } متطلب
    } للرمز { $code } بتاريخ { $day }؛ { $counting ->
        [0] ولا يُعترف هناك بأي إشهاد منشور
        [one] ويُعترف هناك بإشهاد منشور واحد
        [two] ويُعترف هناك بإشهادين منشورين
       *[other] ويُعترف هناك بعدد { $counting } من الإشهادات المنشورة
    }؛ { $missing ->
        [0] ولا يبقى دون استيفاء شيء مما يمكن لإشهاد أن يستوفيه
        [one] ويبقى متطلب واحد يمكن لإشهاد أن يستوفيه ولا يستوفيه أي إشهاد
        [two] ويبقى متطلبان يمكن لإشهاد أن يستوفيهما ولا يستوفيهما أي إشهاد
        [few] وتبقى { $missing } متطلبات يمكن لإشهاد أن يستوفيها ولا يستوفيها أي إشهاد
        [many] ويبقى { $missing } متطلبًا يمكن لإشهاد أن يستوفيها ولا يستوفيها أي إشهاد
       *[other] ويبقى { $missing } متطلب يمكن لإشهاد أن يستوفيها ولا يستوفيها أي إشهاد
    }.
requirements-asksOfJudged = { $things ->
        [one] تضع { $economy } متطلبًا واحدًا
        [two] تضع { $economy } متطلبين اثنين
        [few] تضع { $economy } { $things } متطلبات
        [many] تضع { $economy } { $things } متطلبًا
       *[other] تضع { $economy } { $things } متطلب
    } للرمز { $code } بتاريخ { $day }؛ { $counting ->
        [0] ولا يُعترف هناك بأي إشهاد منشور
        [one] ويُعترف هناك بإشهاد منشور واحد
        [two] ويُعترف هناك بإشهادين منشورين
       *[other] ويُعترف هناك بعدد { $counting } من الإشهادات المنشورة
    }؛ { $missing ->
        [0] ولا يبقى دون استيفاء شيء مما يمكن لإشهاد أن يستوفيه
        [one] ولم يوجد بين ما فُحص إشهاد يستوفي متطلبًا واحدًا مما يمكن لإشهاد أن يستوفيه
        [two] ولم يوجد بين ما فُحص إشهاد يستوفي متطلبين اثنين مما يمكن لإشهاد أن يستوفيه
        [few] ولم يوجد بين ما فُحص إشهاد يستوفي { $missing } متطلبات مما يمكن لإشهاد أن يستوفيه
        [many] ولم يوجد بين ما فُحص إشهاد يستوفي { $missing } متطلبًا مما يمكن لإشهاد أن يستوفيه
       *[other] ولم يوجد بين ما فُحص إشهاد يستوفي { $missing } متطلب مما يمكن لإشهاد أن يستوفيه
    }.
requirements-judged = عدد ما وُجد: { $found }، وعدد ما فُحص منه: { $judged }، وهو الأنسب للقواعد، والأحدث أولًا.

## ما يُعترف به في الوجهة من نتائج البحث

counting-nonePublished = لم تنشر { $economy } أي قاعدة سارية بتاريخ { $day }: فلا يمكن أن يُعرف من هنا ما تطلبه فوق ذلك. اسأل سلطتها المختصة.
counting-nonePublishedFor = لم تنشر { $economy } أي قاعدة للرمز { $code } سارية بتاريخ { $day }: فلا يمكن أن يُعرف من هنا ما تطلبه فوق ذلك. اسأل سلطتها المختصة.
counting-noneHeld = لا توجد هنا قاعدة من { $economy } بتاريخ { $day }: فلا يمكن أن يُعرف من هنا ما تطلبه فوق ذلك. اسأل سلطتها المختصة.
counting-noneHeldFor = لا توجد هنا قاعدة من { $economy } للرمز { $code } بتاريخ { $day }: فلا يمكن أن يُعرف من هنا ما تطلبه فوق ذلك. اسأل سلطتها المختصة.
counting-judged = عدد الإشهادات التي قد يُعترف بها: { $found }؛ فُحص منها: { $judged }.
counting-unclear = عدد ما فُحص منها ولا يمكن الجزم بالاعتراف به: { $unclear }.

## integrity

integrity-verified = المحتوى كما وُقّع تمامًا.
integrity-hypothetical = افتراض: هذه مسودة غير موقّعة، عوملت كأن مُصدِرها قد وقّعها.
    .ask = اطلب توقيعها ونشرها.
integrity-notCanonical = الوثيقة ليست بالصيغة التي يُوقّع عليها: { $reason }.
    .ask = اطلب الوثيقة كما وُقّعت تمامًا.
integrity-notSigned = لا تحمل الوثيقة توقيعًا يُعتدّ به: { $reason }.
    .ask = اطلب القيد الموقّع من المُصدِر.
integrity-signatureInvalid = التوقيع لا يطابق الوثيقة: { $reason }.
    .ask = اطلب من المُصدِر القيد كما وُقّع.
integrity-unreadable = تتعذر قراءة القيد: { $reason }.
    .ask = اطلب من المُصدِر تصحيحه وإعادة إصداره.
integrity-unknownKind = القيد من نوع لا يعرفه هذا الإصدار: { $reason }.
    .ask = استخدم إصدارًا أحدث.
integrity-notAnAttestation = نوع هذا القيد هو { $kind }؛ ولا يُعترف إلا بالإشهادات.
    .ask = اسأل عن الإشهاد نفسه.
integrity-notAsked = لا يوجد قيد لفحصه.

## record

record-notHeld = لا يوجد هنا قيد يطابق ما سُئل عنه.
    .ask = اطلب من المُصدِر نشره، أو اذكر الرقم كما هو مطبوع تمامًا.
record-takenDown = سُحب القيد من النشر بواسطة { $by }، على هذا الأساس: { $legalBasis }.
    .ask = اسأل من سحبه من النشر هل يحل محله قيد آخر.
record-ambiguous = { $count ->
        [one] يوجد قيد واحد مطابق
        [two] يوجد قيدان مطابقان
        [few] توجد { $count } قيود مطابقة
        [many] يوجد { $count } قيدًا مطابقًا
       *[other] يوجد { $count } قيد مطابق
    }؛ حدّد المقصود.
    .ask = سمِّ المُصدِر، أو اختر أحد القيود المعروضة.
record-provedAbsent = لا يوجد قيد مطابق. يتعهد الناشر بأن كل ما أصدره { $issuer } منذ { $since } يُنشر خلال { $withinHours ->
        [one] ساعة واحدة
        [two] ساعتين
        [few] { $withinHours } ساعات
       *[other] { $withinHours } ساعة
    }؛ وكل ذلك حتى { $completeUntil } موجود هنا، وهذه ليست منه.
    .ask = اسأل المُصدِر هل أصدر هذه الورقة؛ فقد تكون مزوّرة.
record-issueDayNeeded = لا يوجد قيد مطابق. كل ما أصدره { $issuer } من { $since } إلى { $completeUntil } موجود هنا؛ ولم يُذكر هل الورقة من تلك الفترة.
    .ask = اذكر تاريخ الإصدار المطبوع على الورقة.
record-outsidePromise = لا يوجد قيد مطابق، وتاريخ إصدار الورقة ليس ضمن الفترة التي كل ما فيها موجود هنا، من { $since } إلى { $completeUntil }.
    .ask = اطلب من المُصدِر نشره، أو انتظر انقضاء المهلة المتعهد بها.
record-promiseBroken = لا يوجد قيد مطابق. تعهد الناشر بأن كل ما يخص { $issuer } موجود هنا، ونشر بعضه متأخرًا.
    .ask = اسأل المُصدِر هل أصدر هذه الورقة.
record-promiseStale = لا يوجد قيد مطابق. هناك تعهد بأن كل ما يخص { $issuer } موجود هنا، لكن سجلات التدوين التي تبيّن ذلك ليست حديثة.
    .ask = اسأل مجددًا حين تحصل العقدة على أحدث سجلات التدوين لاقتصاد المُصدِر.
record-promiseNotDue = لا يوجد قيد مطابق. هناك تعهد بأن كل ما أصدره { $issuer } منذ { $since } موجود هنا، لكن المهلة لذلك تمتد حتى { $dueAt } ولم تنتهِ بعد.
    .ask = اسأل المُصدِر هل أصدر هذه الورقة، أو أعد السؤال بعد ذلك.
record-tooMany = لا يوجد قيد مطابق. هناك تعهد بأن كل ما يخص { $issuer } موجود هنا، لكن قيوده أكثر مما يُفحص، فلا يمكن الجزم بأن أيًّا منها لم يتأخر.
    .ask = اسأل المُصدِر هل أصدر هذه الوثيقة.

## identity

identity-one = توجد وثيقة واحدة بهذا الاسم.
identity-twoDocuments = تحمل وثيقتان مختلفتان هذا الاسم: { $one } و { $other }.
    .ask = اسأل المُصدِر أيهما وثيقته.
identity-notAsked = لم يُحدَّد قيد بعينه.

## registration

registration-valid = كان الموقّع { $issuer } مسجّلًا لدى { $authority } وكان يحق له توقيع هذا بهذا المفتاح.
registration-authority = الموقّع هو السلطة { $authority } نفسها، بمفتاح معتمد في السياسة.
registration-attributedByRegistry = شهد بالقيد السجل الرسمي { $issuer } ونسبه إلى { $attributedTo }؛ ولم يوقّعه المُصدِر نفسه.
    .ask = اطلب القيد الموقّع من المُصدِر نفسه.
registration-importerNotNamed = لا تسمّي السياسة { $issuer } مستوردًا لبيانات { $system }.
    .ask = قرّر هل ينبغي أن تسمّي السياسة هذا المستورد.
registration-importedNotAccepted = لا تقبل السياسة أي قيود مستوردة.
    .ask = قرّر هل ينبغي أن تقبل السياسة القيود المستوردة.
registration-authorityNotPinned = لا تسمّي السياسة السلطة { $authority }، فلا يُعرف شيء عمن سجّل الموقّع.
    .ask = قرّر هل ينبغي أن تسمّي السياسة هذه السلطة، بعد مقارنة مفاتيحها.
registration-keyNotAuthoritys = المفتاح ليس من المفاتيح المعتمدة للسلطة { $authority } في ذلك الوقت.
    .ask = قارن مفاتيح السلطة بالمفاتيح التي في السياسة.
registration-notMember = لم تكن السلطة { $authority } في الاتحاد في ذلك الوقت.
    .ask = اسأل السلطة متى انضمت أو خرجت، أو اعتمد مفاتيحها في السياسة.
registration-memberKeysNotLogged = لم تُدوَّن أي نسخة من مفاتيح { $authority } حتى ذلك الوقت.
    .ask = اطلب من السلطة نشر مفاتيحها في سجل تدوين من سجلات الاتحاد.
registration-federationExpired = انتهت صلاحية قائمة الاتحاد منذ { $expiredDays ->
        [one] يوم واحد
        [two] يومين
        [few] { $expiredDays } أيام
        [many] { $expiredDays } يومًا
       *[other] { $expiredDays } يوم
    }؛ وبعد { $graceDays ->
        [one] يوم واحد
        [two] يومين
        [few] { $graceDays } أيام
        [many] { $graceDays } يومًا
       *[other] { $graceDays } يوم
    } لا يمكن الجزم بشيء مما يستند إليها.
    .ask = اطلب قائمة جديدة من حاملي مفاتيح الاتحاد.
registration-notHeld = لا يوجد هنا تسجيل باسم { $issuer } لدى { $authority }.
    .ask = اطلب من السلطة نشر التسجيل.
registration-notYetLogged = لم يُدوَّن تسجيل { $issuer } إلا بعد القيد.
    .ask = اطلب من المُصدِر نشر القيد مجددًا.
registration-otherParent = سجّلت مفتاحَ { $issuer } جهةٌ غير الجهة التي يُعتدّ بها.
    .ask = اسأل السلطة أي جهة تسجّل هذه الهيئة.
registration-parentNotEntitled = من سجّل { $issuer } لم يكن يحق له تسجيله لدى { $authority }.
    .ask = اسأل السلطة هل تسجّل هذه الهيئة.
registration-versionGap = تنقص نسخة من تسجيل { $issuer }.
    .ask = اطلب النسخة الناقصة من السلطة.
registration-versionFork = تحمل نسختان من تسجيل { $issuer } رقمًا واحدًا.
    .ask = اسأل السلطة أيتهما السارية.
registration-notInForce = لم يكن تسجيل { $issuer } ساريًا حين وُقّع القيد.
    .ask = اسأل السلطة عن هذا التسجيل.
registration-inForceUnclear = لا يُعرف بدقة متى كان تسجيل { $issuer } ساريًا.
    .ask = اطلب التواريخ الدقيقة من السلطة.
registration-keyNotRegistered = المفتاح الموقّع به ليس مسجّلًا باسم { $issuer } في ذلك الوقت.
    .ask = اسأل السلطة ما المفاتيح المسجّلة.
registration-keyRevoked = كان المفتاح الموقّع به قد أُبطل.
    .ask = اطلب من المُصدِر التوقيع مجددًا بمفتاح صالح.
registration-revocationUnordered = أُبطل المفتاح في سجل تدوين آخر، ولا يمكن الجزم بأيهما سبق.
    .ask = اطلب نقطة تحقق تثبت أن القيد سابق للإبطال.
registration-outsideMandate = ليس للموقّع { $issuer } تفويض بتوقيع قيد من هذا النوع.
    .ask = اسأل السلطة عن التفويض.
registration-notSignedByIssuer = يسمّي القيد { $issuer } مُصدِرًا له، وهو لم يوقّعه.
    .ask = اسأل المُصدِر هل القيد له.
registration-loggedLater = يبدأ تسجيل { $issuer } قبل تدوينه بأكثر من 30 يومًا.
    .ask = اسأل السلطة لماذا دُوِّن متأخرًا.
registration-staleLog = آخر حالة معروفة لسجل التدوين { $log } أقدم من أن تدل على أن التسجيل ما زال قائمًا.
    .ask = احصل على حالة أحدث لسجل التدوين.
registration-noLogPinned = لا تعتمد السياسة أي سجل تدوين من { $economiesWithoutLog }، فلن يُلاحظ إبطال هناك.
    .ask = قرّر هل ينبغي أن تعتمد السياسة سجل تدوين من ذلك الاقتصاد.
registration-noStatement = لا أحد من أصحاب الصفة يصرّح بأنه لا يُعرف شيء آخر عن التسجيل: { $statement }.
    .ask = اطلب من عقدة تثق بها السياسة حزمة لهذا السؤال بعينه.
registration-notAsked = لم يُفحص الموقّع.

## log

log-dated = دُوِّنت في { $log } بالرقم { $index } بتاريخ { $loggedAt }.
log-selfDated = دُوِّنت في { $log } بالرقم { $index } بتاريخ { $loggedAt }، بشهادة سجل التدوين نفسه فقط.
    .ask = انتظر حتى تشهد المرايا على تاريخ سجل التدوين.
log-fewMirrors = دُوِّنت في { $log } بالرقم { $index } بتاريخ { $loggedAt }، بشهادة ثلاث مرايا أو أقل.
    .ask = انتظر حتى تشهد مرايا أكثر على تاريخ سجل التدوين.
log-hypothetical = افتراض: عوملت كأنها دُوِّنت.
    .ask = اطلب نشرها.
log-forked = ثبت أن { $log } أظهر تاريخين مختلفين.
    .ask = قارن ملف الأدلة مع مشغّل سجل التدوين؛ ولا يُعتدّ بشيء مما فيه حتى يُحسم ذلك.
log-notLogged = لم تُدوَّن في أي سجل تدوين.
    .ask = اطلب من المُصدِر نشرها.
log-notPinned = دُوِّنت في { $log }، والسياسة لا تعتمده.
    .ask = قرّر هل ينبغي أن تعتمد السياسة سجل التدوين هذا.
log-notDated = الموقّعون الشاهدون على تاريخ تدوينها في { $log } أقل مما يلزم.
    .ask = احصل على توقيعات شاهدة أحدث لسجل التدوين.
log-notYetLogged = لم تُدوَّن إلا بتاريخ { $loggedAt }، بعد اللحظة المسؤول عنها.
    .ask = اسأل عن لحظة لاحقة.
log-notAsked = لم يُفحص النشر.

## status

status-active = سارية؛ ولا يُعرف ما يخالف ذلك.
    .past = كانت سارية في ذلك اليوم؛ ولا يُعرف ما يخالف ذلك بشأن ذلك اليوم.
status-suspended = معلّقة اعتبارًا من { $effectiveFrom } بواسطة { $by }.
    .past = كانت معلّقة في ذلك اليوم، اعتبارًا من { $effectiveFrom }، بواسطة { $by }.
    .ask = اسأل المُصدِر متى ينتهي التعليق.
status-partiallySuspended = جزء منها معلّق اعتبارًا من { $effectiveFrom }: { $scopeItems }.
    .past = كان جزء منها معلّقًا في ذلك اليوم، اعتبارًا من { $effectiveFrom }: { $scopeItems }.
    .ask = اسأل المُصدِر هل يشمل ذلك هذا الاستعمال.
status-scopeReduced = قُلّص مجالها اعتبارًا من { $effectiveFrom }.
    .ask = اسأل المُصدِر هل ما زال هذا الاستعمال ضمن المجال.
status-withdrawn = سُحبت اعتبارًا من { $effectiveFrom } بواسطة { $by }.
    .ask = اطلب من حاملها وثيقة صالحة.
status-annulled = أُلغيت، وهي باطلة منذ البداية.
    .ask = اطلب من حاملها وثيقة صالحة.
status-superseded = حل محلها اعتبارًا من { $effectiveFrom }: { $successor }.
    .ask = اسأل عن القيد الذي حل محلها.
status-transferred = نقلها { $by } إلى { $transferredTo }؛ ويُعتدّ بها حتى { $graceUntil }.
    .ask = اطلب قبل ذلك اليوم من الهيئة التي تتسلمها قيدها الخاص.
status-transferEnded = نقلها { $by } إلى { $transferredTo }؛ وكان يُعتدّ بها حتى { $graceUntil }.
    .ask = اطلب من الهيئة التي تسلمتها قيدها الخاص.
status-observedOnly = لوحظ تغيير لا يُعرف من تاريخه إلا ما يلي: { $effectiveFrom }؛ واليوم المسؤول عنه يقع في هذه الفترة.
    .ask = اطلب التاريخ الدقيق من المُصدِر.
status-observedEarlier = شوهد السجل الرسمي آخر مرة بتاريخ { $observedOn }، قبل اليوم المسؤول عنه بمدة { $ageDays ->
        [one] يوم واحد
        [two] يومين
        [few] { $ageDays } أيام
        [many] { $ageDays } يومًا
       *[other] { $ageDays } يوم
    }.
    .ask = اطلب من المستورد جلب بيانات أحدث.
status-staleObservation = شوهد السجل الرسمي آخر مرة بتاريخ { $observedOn }، قبل اليوم المسؤول عنه بمدة { $ageDays ->
        [one] يوم واحد
        [two] يومين
        [few] { $ageDays } أيام
        [many] { $ageDays } يومًا
       *[other] { $ageDays } يوم
    }: وهي مدة أطول مما ينبغي.
    .ask = اطلب من المستورد جلب بيانات أحدث.
status-sequenceGap = ينقص حدث من جانب المُصدِر.
    .ask = اطلب الحدث الناقص من المُصدِر.
status-sequenceFork = نشر جانب المُصدِر حدثين برقم واحد.
    .ask = اسأل المُصدِر أي الحدثين ساري المفعول.
status-unreadAction = نشر جانب المُصدِر إجراءً لا يستطيع هذا الإصدار قراءته.
    .ask = اسأل بإصدار أحدث، أو اسأل المُصدِر عما فعل.
status-tooMany = مراجعات هذا القيد أكثر مما يُفحص.
    .ask = اسأل المُصدِر أي مراجعة هي السارية.
status-staleLog = آخر حالة معروفة لسجل التدوين { $log } أقدم من أن تدل على أنه لم يحدث شيء.
    .ask = احصل على حالة أحدث لسجل التدوين.
status-noLogPinned = لا يُعرف ما يخالف ذلك؛ ولا تعتمد السياسة أي سجل تدوين من { $economiesWithoutLog }.
    .ask = قرّر هل ينبغي أن تعتمد السياسة سجل تدوين من ذلك الاقتصاد.
status-noStatement = لا أحد من أصحاب الصفة يصرّح بأنه لم يطرأ عليها شيء آخر: { $statement }.
    .ask = اطلب من عقدة تثق بها السياسة حزمة لهذا السؤال بعينه.
status-notAsked = لم تُفحص الحالة.

## territory

territory-noObjection = لم ترفض السلطة المختصة في { $economy } الاعتراف بها.
territory-refused = ترفض السلطة المختصة في { $economy } الاعتراف بها في إقليمها اعتبارًا من { $effectiveFrom }، والسبب: { $reason }. الأساس القانوني: { $legalBasis }.
    .ask = اسأل سلطة المقصد عما يلزم لاستعادة الاعتراف.
territory-observedOnly = لا يُعرف من تاريخ الرفض في { $economy } إلا ما يلي: { $effectiveFrom }.
    .ask = اطلب التاريخ الدقيق من سلطة المقصد.
territory-sequenceGap = ينقص إجراء من إجراءات السلطة المختصة في { $economy } بشأن هذا القيد.
    .ask = اطلب الإجراء الناقص من سلطة المقصد.
territory-unreadAction = نشرت السلطة المختصة في { $economy } بشأنها إجراءً لا يستطيع هذا الإصدار قراءته.
    .ask = اسأل بإصدار أحدث، أو اسأل سلطة المقصد عما فعلت.
territory-staleLog = آخر حالة معروفة لسجل التدوين { $log } أقدم من أن تدل على أن الاعتراف لم يُرفض.
    .ask = احصل على حالة أحدث لسجل التدوين.
territory-noLogPinned = لا يُعرف أي رفض؛ ولا تعتمد السياسة أي سجل تدوين من { $economiesWithoutLog }.
    .ask = اسأل سلطة المقصد هل ترفض الاعتراف بها.
territory-noStatement = لا أحد من أصحاب الصفة يصرّح بأن المقصد لم يقل شيئًا آخر: { $statement }.
    .ask = اطلب من عقدة تثق بها السياسة حزمة لهذا السؤال بعينه.
territory-notAsked = لم تُفحص إجراءات المقصد.

## dates

dates-inForce = صدرت في { $issuedOn }، وهي صالحة في اليوم المسؤول عنه.
dates-notYetValid = لا تصبح صالحة إلا اعتبارًا من { $validFrom }.
    .ask = اسأل عن يوم لاحق.
dates-expired = كانت صالحة حتى { $validUntil }.
    .ask = اطلب من حاملها الوثيقة المجددة.
dates-observedOnly = لا تُعرف تواريخها إلا على وجه التقريب (البداية: { $validFrom }، النهاية: { $validUntil })، واليوم المسؤول عنه يقع في هذه الفترة.
    .ask = اطلب التواريخ الدقيقة من المُصدِر.
dates-issueNotProven = تاريخ إصدارها { $issuedOn } مُدّعى غير مُثبت: فقد دُوِّنت بتاريخ { $loggedOn }.
    .ask = اطلب من المُصدِر إثبات تاريخ الإصدار.
dates-notAsked = لم تُفحص التواريخ.

## product

product-matches = المنتج المسؤول عنه مشمول بها.
product-nothingAsked = لا يسمّي السؤال أي منتج.
product-modelNotListed = الطراز المسؤول عنه ليس من الطرازات المشمولة: { $models }.
    .ask = اسأل المُصدِر هل الطراز مشمول.
product-gtinNotListed = رقم GTIN المسؤول عنه ليس من الأرقام المشمولة.
    .ask = اسأل المُصدِر هل الصنف مشمول.
product-serialNotListed = الرقم التسلسلي المسؤول عنه ليس من الأرقام المشمولة.
    .ask = اسأل المُصدِر هل الصنف مشمول.
product-lotNotListed = التشغيلة المسؤول عنها ليست من التشغيلات المشمولة.
    .ask = اسأل المُصدِر هل التشغيلة مشمولة.
product-quantityExceeded = الكمية المشمولة أقل من الكمية المسؤول عنها.
    .ask = اسأل المُصدِر عن بقية الإرسالية.
product-codeNotListed = رمز التصنيف المسؤول عنه ليس من الرموز المشمولة.
    .ask = اسأل المُصدِر هل المنتج مشمول.
product-standardNotListed = لا تذكر الوثيقة المواصفة المسؤول عنها.
    .ask = اطلب من المُصدِر قيدًا يذكرها.
product-editionDiffers = تذكر الورقة إصدارًا للمواصفة غير الذي في القيد: { $listed } على الورقة، و{ $stated } في القيد.
    .ask = قارن الورقة بالقيد؛ واسأل المُصدِر أيهما الصحيح.
product-issueDayDiffers = تاريخ الإصدار المطبوع على الورقة يختلف عما في القيد.
    .ask = قارن الورقة بالقيد؛ واسأل المُصدِر أيهما الصحيح.
product-holderDiffers = صدرت باسم غير الاسم المسؤول عنه.
    .ask = اسأل المُصدِر هل الاسمان لحامل واحد.
product-manufacturerDiffers = تسمّي صانعًا غير الصانع المسؤول عنه.
    .ask = اسأل المُصدِر هل الاسمان لصانع واحد.
product-factoryNotListed = المصنع المسؤول عنه ليس من المصانع المذكورة فيها.
    .ask = اسأل المُصدِر هل المصنع مشمول.
product-validityDiffers = آخر يوم للسريان المطبوع على الورقة يختلف عما في القيد.
    .ask = قارن الورقة بالقيد؛ واسأل المُصدِر أيهما الصحيح.
product-numberDiffers = الرقم المطبوع على الورقة يختلف عما في القيد.
    .ask = قارن الورقة بالقيد؛ واسأل المُصدِر أيهما الصحيح.
product-otherAlphabet = في الرقم حروف من أبجدية غير أبجدية القيد تبدو مطابقة لها: فهو رقم آخر، مكتوب خطأً أو مزوَّر.
    .ask = قارن الورقة بالقيد حرفًا حرفًا؛ واسأل المُصدِر أيهما الصحيح.
product-notSaid = لا تذكر الوثيقة ما سُئل عنه من شأن المنتج.
    .ask = اسأل المُصدِر هل المنتج مشمول.
product-needsReading = لا بد من القراءة لمعرفة هل تشمل المنتج: { $objects }.
    .ask = اسأل المُصدِر هل المنتج مشمول.
product-numberDivided = حروف الرقم وأرقامه هي نفسها الواردة في القيد، لكنه مقسوم في مواضع أخرى: فقد يكون رقمًا آخر، ولا بد أن يقارن بينهما شخص.
    .ask = قارن الورقة بالقيد حرفًا حرفًا؛ واسأل المُصدِر أيهما الصحيح.
product-hiddenCharacters = تحتوي قيمة في القيد على محارف خفية لا تظهر على أي ورقة: فهي تبدو مطابقة لما على الورقة، ولا بد أن يقارن بينهما شخص.
    .ask = اسأل المُصدِر عن القيمة الصحيحة، واطلب منه تصحيح القيد.
product-notAsked = لم يُفحص المنتج.

## competence

competence-covers = تشملها وثيقة الاعتماد أو التعيين { $grant } الصادرة عن { $grantor }.
competence-noGrantReliedOn = لا تستند إلى أي اعتماد أو تعيين.
competence-grantNotHeld = وثيقة الاعتماد أو التعيين التي تستند إليها، { $grant }، غير موجودة هنا.
    .ask = اطلب من جهة الاعتماد أو التعيين نشر وثيقة الاعتماد أو التعيين.
competence-otherDocument = وثيقة الاعتماد أو التعيين الموجودة هنا باسم { $grant } وثيقة أخرى غير التي استُند إليها.
    .ask = اسأل المُصدِر إلى أي اعتماد أو تعيين يستند.
competence-grantNotCounted = لا يُعتدّ بوثيقة الاعتماد أو التعيين { $grant }: { $reason }.
    .ask = اسأل جهة الاعتماد أو التعيين عن تسجيلها.
competence-grantNotYetLogged = لم تكن وثيقة الاعتماد أو التعيين { $grant } قد دُوِّنت حتى اللحظة المسؤول عنها.
    .ask = اطلب من جهة الاعتماد أو التعيين نشر وثيقة الاعتماد أو التعيين.
competence-otherParty = صدرت وثيقة الاعتماد أو التعيين { $grant } لطرف آخر غير المُصدِر.
    .ask = اسأل جهة الاعتماد أو التعيين لمن صدرت الوثيقة.
competence-notInForce = لم تكن وثيقة الاعتماد أو التعيين { $grant } سارية في يوم الإصدار، { $issuedOn }.
    .ask = اسأل جهة الاعتماد أو التعيين في أي أيام كانت وثيقة الاعتماد أو التعيين سارية.
competence-observedOnly = لا تُعرف تواريخ وثيقة الاعتماد أو التعيين { $grant } إلا على وجه التقريب.
    .ask = اطلب التواريخ الدقيقة من جهة الاعتماد أو التعيين.
competence-suspended = كانت وثيقة الاعتماد أو التعيين { $grant } معلّقة، كليًا أو فيما استُند إليه.
    .ask = اسأل جهة الاعتماد أو التعيين عن التعليق.
competence-ended = سُحبت وثيقة الاعتماد أو التعيين { $grant } أو أُلغيت.
    .ask = اسأل جهة الاعتماد أو التعيين عن مصير الأعمال المنجزة بموجبها.
competence-statusUnclear = لا يمكن الجزم بحالة وثيقة الاعتماد أو التعيين { $grant }.
    .ask = اطلب من جهة الاعتماد أو التعيين الأحداث المتعلقة بوثيقة الاعتماد أو التعيين.
competence-activityNotGranted = وثيقة الاعتماد أو التعيين { $grant } ليست لهذا النشاط.
    .ask = اطلب من المُصدِر وثيقة الاعتماد أو التعيين التي تشمله.
competence-outsideScope = هذا خارج مجال وثيقة الاعتماد أو التعيين { $grant }.
    .ask = اسأل جهة الاعتماد أو التعيين عن المجال.
competence-scopeNeedsReading = لا بد من القراءة لمعرفة هل يشملها مجال وثيقة الاعتماد أو التعيين { $grant }: { $scope }.
    .ask = اسأل جهة الاعتماد أو التعيين هل يشمل مجالها هذا.
competence-inferredPeriod = تشملها وثيقة الاعتماد أو التعيين { $grant }؛ وتواريخها مستنتجة من مصدرها وليست مذكورة فيه.
    .ask = اطلب التواريخ الدقيقة من جهة الاعتماد أو التعيين.
competence-loggedLater = تشملها وثيقة الاعتماد أو التعيين { $grant }؛ وقد دُوِّنت بعد بدايتها بأكثر من 30 يومًا.
    .ask = اسأل جهة الاعتماد أو التعيين لماذا دُوِّنت متأخرة.
competence-staleLog = آخر حالة معروفة لسجل التدوين { $log } أقدم من أن تدل على أن وثيقة الاعتماد أو التعيين لم تسقط.
    .ask = احصل على حالة أحدث لسجل التدوين.
competence-noLogPinned = تشملها وثيقة الاعتماد أو التعيين { $grant }؛ ولا تعتمد السياسة أي سجل تدوين من { $economiesWithoutLog }.
    .ask = قرّر هل ينبغي أن تعتمد السياسة سجل تدوين من ذلك الاقتصاد.
competence-noStatement = لا أحد من أصحاب الصفة يصرّح بأنه لم يطرأ على وثيقة الاعتماد أو التعيين شيء آخر: { $statement }.
    .ask = اطلب من عقدة تثق بها السياسة حزمة لهذا السؤال بعينه.
competence-notAsked = لم تُفحص الكفاءة.

## accreditor

accreditor-inStanding = كانت جهة الاعتماد أو التعيين { $grantor } مشاركة في { $chapter } في يوم الإصدار.
accreditor-notAsked = لا يُطلب شيء من جهة الاعتماد أو التعيين.
accreditor-chapterNotHeld = ترتيب جهات الاعتماد أو التعيين { $chapter } غير موجود هنا.
    .ask = اطلب من أمانته نشره.
accreditor-notParticipant = لم تكن جهة الاعتماد أو التعيين { $grantor } مشاركة في { $chapter } في يوم الإصدار.
    .ask = اسأل الأمانة منذ متى تشارك جهة الاعتماد أو التعيين.
accreditor-participationUnclear = لا يمكن الجزم بما إذا كانت جهة الاعتماد أو التعيين { $grantor } مشاركة في { $chapter } في يوم الإصدار.
    .ask = اطلب التواريخ الدقيقة من الأمانة.
accreditor-noGrant = يطلب الفصل اعتمادًا أو تعيينًا من مشارك في { $chapter }؛ ولا توجد هنا وثيقة كهذه استُند إليها.
    .ask = اطلب من المُصدِر وثيقة الاعتماد أو التعيين التي يستند إليها.
accreditor-staleLog = آخر حالة معروفة لسجل التدوين { $log } أقدم من أن تدل على أن جهة الاعتماد أو التعيين في وضع سليم.
    .ask = احصل على حالة أحدث لسجل التدوين.
accreditor-noLogPinned = كانت جهة الاعتماد أو التعيين مشاركة في { $chapter }؛ ولا تعتمد السياسة أي سجل تدوين من { $economiesWithoutLog }.
    .ask = قرّر هل ينبغي أن تعتمد السياسة سجل تدوين من ذلك الاقتصاد.
accreditor-noStatement = لا أحد من أصحاب الصفة يصرّح بأنه لا يُعرف شيء آخر عن جهة الاعتماد أو التعيين: { $statement }.
    .ask = اطلب من عقدة تثق بها السياسة حزمة لهذا السؤال بعينه.

## evidenceChain

evidenceChain-existedBefore = كل تقرير تستند إليه كان موجودًا قبلها: { $number } منذ { $since }.
evidenceChain-committedLater = التقرير { $number } من { $laboratory } لا يُعرف إلا منذ { $since }، لا قبل الشهادة ({ $certifiedAt }): ولا شيء يبيّن أنه كان موجودًا من قبل.
    .ask = اسأل المختبر متى أعدّ التقرير، ولماذا وثّقه بهذا التأخير.
evidenceChain-disowned = يتبرأ مختبر من تقرير تستند إليه.
    .ask = اطلب من المُصدِر تقريرًا آخر، أو سحب الشهادة.
evidenceChain-notCommitted = يوثّق { $laboratory } تقاريره، وليس { $number } منها.
    .ask = اسأل المختبر هل أعدّ هذا التقرير.
evidenceChain-provedAbsent = تعهد { $laboratory } بأن كل تقاريره حتى { $completeUntil } موجودة هنا، وليس { $number } منها.
    .ask = اسأل المختبر هل أعدّ هذا التقرير؛ فقد يكون مختلقًا.
evidenceChain-laboratoryCommitsNothing = لا يوثّق { $laboratory } أيًا من تقاريره هنا، فلا يمكن قول شيء عن { $number }.
    .ask = اطلب من المختبر تأكيد التقرير.
evidenceChain-notTraceable = ذُكر تقرير تستند إليه من دون معرّف DID لمختبره ومن دون رقمه.
    .ask = اسأل المُصدِر أي تقرير من أي مختبر هو المقصود.
evidenceChain-reportNotHeld = قيد تستند إليه غير موجود هنا.
    .ask = اسأل عقدة لديها سجل تدوين مُصدِره.
evidenceChain-reportNotCounted = قيد تستند إليه موجود هنا ولا يُعتدّ به: فهو غير مؤرخ، أو توقيعه ليس لمُصدِره.
    .ask = اسأل مُصدِر ذلك القيد.
evidenceChain-otherDocument = قيد تستند إليه موجود هنا بوثيقة أخرى غير المقصودة.
    .ask = اسأل المُصدِر أي وثيقة هي المقصودة.
evidenceChain-componentEnded = شهادة أحد المكوّنات انتهت أو هي معلّقة.
    .ask = اسأل المُصدِر هل ما زالت الوثيقة كلها سارية.
evidenceChain-tooMany = تسمّي تقارير أكثر مما يُفحص، أو لدى { $laboratory } توثيقات أكثر مما يُفحص: لا يمكن معرفة ما يخص { $number }.
    .ask = اطلب من المختبر تأكيد التقرير.
evidenceChain-noStatement = لا يمكن الجزم بما إذا كان هناك تقرير ناقص: { $statement }.
    .ask = اطلب من عقدة حزمة فيها تصريح بالحالة.
evidenceChain-notAsked = لا تسمّي أي تقرير تستند إليه.

## arrangement

arrangement-covers = يشملها «{ $title }»: ما يصدر في { $issuedIn } معترف به في { $economy }.
arrangement-acceptedByRule = تقبلها { $economy } بقاعدة خاصة بها: «{ $title }».
arrangement-capped = يشملها «{ $title }» حتى المستوى { $cappedAt }؛ والمذكور فيها { $level }.
arrangement-domestic = صدرت من أجل { $economy } نفسها.
arrangement-none = لا يشملها أي ترتيب تعترف بموجبه { $economy } بما يصدر في { $issuedIn }.
    .ask = اسأل سلطة المقصد هل تعترف بهذا.
arrangement-notHeld = لا يوجد هنا ترتيب تعترف بموجبه { $economy } بها، وليس كل ما وقّعته { $economy } موجودًا هنا.
    .ask = اسأل سلطة المقصد أي ترتيب ينطبق.
arrangement-excludedByPolicy = السياسة المطبقة تستبعد { $chapter }.
    .ask = اسأل القائم على السياسة.
arrangement-notAcceptedByPolicy = السياسة المطبقة تقبل ترتيبات أخرى بأسمائها، وليس { $chapter } منها.
    .ask = اسأل القائم على السياسة.
arrangement-notOperational = «{ $title }» غير مشغّل بعد.
    .ask = اسأل الأمانة متى يبدأ العمل به.
arrangement-notInForce = «{ $title }» غير ساري المفعول في ذلك اليوم.
    .ask = اسأل الأمانة منذ متى يسري.
arrangement-inForceUnclear = لا تُعرف تواريخ «{ $title }» إلا على وجه التقريب.
    .ask = اطلب التواريخ الدقيقة من الأمانة.
arrangement-issuedBefore = لا يشمل «{ $title }» إلا ما صدر بعد ذلك.
    .ask = اسأل سلطة المقصد عما ينطبق على ما صدر من قبل.
arrangement-issuedAfterEnd = كان «{ $title }» قد انتهى حين صدرت.
    .ask = اسأل سلطة المقصد عما ينطبق الآن.
arrangement-issueDateUnclear = لا يمكن الجزم بما إذا كانت قد صدرت في وقت سريان «{ $title }».
    .ask = اطلب تاريخ الإصدار الدقيق من المُصدِر.
arrangement-transitionUnclear = كان «{ $title }» قد انتهى؛ ولم يُذكر هل بدأ الإجراء قبل ذلك.
    .ask = اسأل المُصدِر متى بدأ الإجراء.
arrangement-procedureBeganLater = كان «{ $title }» قد انتهى قبل أن يبدأ الإجراء.
    .ask = اسأل سلطة المقصد عما ينطبق الآن.
arrangement-ended = انتهى «{ $title }»، وانتهى معه ما صدر بموجبه.
    .ask = اسأل سلطة المقصد عما ينطبق الآن.
arrangement-afterEndUnstated = انتهى «{ $title }» من دون ذكر مصير ما صدر بموجبه.
    .ask = اسأل الأمانة عما ينطبق بعد انتهائه.
arrangement-direction = لا يعمل «{ $title }» في الاتجاه من { $issuedIn } إلى { $economy }.
    .ask = اسأل الأمانة نتائج من يُعترف بها وأين.
arrangement-directionUnclear = لا يُعرف إلا على وجه التقريب هل يعمل «{ $title }» من { $issuedIn } إلى { $economy } في ذلك اليوم.
    .ask = اطلب التواريخ الدقيقة من الأمانة.
arrangement-issuerSideNotIn = لم تكن { $issuedIn } مشاركة في «{ $title }» في يوم الإصدار.
    .ask = اسأل أمانة الترتيب هل يشارك فيه ذلك الاقتصاد، ومنذ متى.
arrangement-issuerSideUnclear = لا يمكن الجزم بما إذا كانت { $issuedIn } مشاركة في «{ $title }» في يوم الإصدار.
    .ask = اطلب التواريخ الدقيقة من الأمانة.
arrangement-issuerSideLeft = كانت { $issuedIn } مشاركة في «{ $title }» في يوم الإصدار وخرجت منه بعد ذلك.
    .ask = اسأل سلطة المقصد عن مصير ما صدر من قبل.
arrangement-issuerRole = تشارك { $issuedIn } في «{ $title }»، لكن ليس بصفة يُعترف بنتائجها.
    .ask = اسأل الأمانة عن صفتها.
arrangement-destinationNotIn = لا تشارك { $economy } في «{ $title }» في ذلك اليوم، أو لا تشارك بصفة المعترِف.
    .ask = اسأل سلطة المقصد هل تشارك.
arrangement-destinationUnclear = لا يُعرف إلا على وجه التقريب هل تشارك { $economy } في «{ $title }» في ذلك اليوم.
    .ask = اطلب التواريخ الدقيقة من سلطة المقصد.
arrangement-destinationNotSigned = يقول آخرون إن { $economy } تشارك في «{ $title }»؛ ولم توقّع ذلك سلطتها المختصة.
    .ask = اطلب من سلطة المقصد توقيع مشاركتها.
arrangement-declarationMissing = يطلب «{ $title }» تصريحًا من { $economy } بالقبول؛ ولا يوجد هنا تصريح.
    .ask = اطلب من سلطة المقصد تصريحها.
arrangement-destinationDeclines = تصرّح { $economy } بأنها لا تقبل النتائج بموجب «{ $title }».
    .ask = اسأل سلطة المقصد عن السبب.
arrangement-levelOutside = لا يعترف «{ $title }» بالمستوى { $level }.
    .ask = اسأل سلطة المقصد عن المستويات التي تعترف بها.
arrangement-levelUnsaid = يعترف «{ $title }» بمستويات معينة؛ ولا يذكر القيد مستوى يمكن مقارنته.
    .ask = اسأل المُصدِر عن المستوى.
arrangement-coverageNeedsReading = لا بد من القراءة لمعرفة هل يشملها «{ $title }».
    .ask = اسأل سلطة المقصد هل يشمل هذا.
arrangement-grantTypeMissing = يطلب «{ $title }» اعتمادًا أو تعيينًا من نوع آخر غير الذي استُند إليه.
    .ask = اطلب من المُصدِر وثيقة الاعتماد أو التعيين التي يطلبها الفصل.
arrangement-notDesignated = يطلب «{ $title }» هيئة معيّنة بموجبه؛ والمُصدِر ليس كذلك.
    .ask = اطلب التعيين من السلطة التي يتبعها المُصدِر.
arrangement-grantUnclear = لا يمكن الجزم بما إذا كانت لدى المُصدِر وثيقة الاعتماد أو التعيين التي يطلبها «{ $title }».
    .ask = اطلب وثيقة الاعتماد أو التعيين من جهة الاعتماد أو التعيين.
arrangement-versionFork = تدّعي وثيقتان أنهما نسخة واحدة من «{ $title }».
    .ask = اسأل الأمانة أيتهما السارية.
arrangement-loggedLater = يشملها «{ $title }»؛ وقد دُوِّنت مشاركة بعد بدايتها بأكثر من 30 يومًا.
    .ask = اسأل الأمانة لماذا دُوِّنت متأخرة.
arrangement-staleLog = آخر حالة معروفة لسجل التدوين { $log } أقدم من أن تدل على أن «{ $title }» ما زال منطبقًا.
    .ask = احصل على حالة أحدث لسجل التدوين.
arrangement-noLogPinned = يشملها «{ $title }»: ما يصدر في { $issuedIn } معترف به في { $economy }. لا تعتمد السياسة أي سجل تدوين من { $economiesWithoutLog }.
    .ask = اسأل سلطة المقصد هل ينطبق.
arrangement-noStatement = لا أحد من أصحاب الصفة يصرّح بأنه لا يُعرف شيء آخر عن الترتيب: { $statement }.
    .ask = اطلب من عقدة تثق بها السياسة حزمة لهذا السؤال بعينه.
arrangement-notAsked = لم تُفحص الترتيبات.

## standard

standard-identical = المواصفة { $stated } مطابقة للمواصفة { $listed }، كما يصرّح { $declaredBy }.
standard-deviationsCovered = تقابل { $stated } المواصفة { $listed } مع فروق لا تحول دون ذلك.
standard-deviates = تختلف { $stated } عن { $listed } في البند { $clauses }.
    .ask = أثبت أن المنتج يستوفي أيضًا هذه البنود من { $listed }.
standard-deviationsUnsaid = { $stated } تبنٍّ معدّل للمواصفة { $listed }، ولم تُذكر مواضع الاختلاف.
    .ask = اطلب من هيئة التقييس قائمة الفروق الفنية.
standard-notEquivalent = صُرّح بأن { $stated } غير مكافئة للمواصفة { $listed }.
    .ask = اطلب تقييمًا وفق { $listed }.
standard-coexists = ما زال يُعتدّ بالمواصفة { $stated } إلى جانب { $listed } الأحدث، حتى { $coexistsUntil }.
standard-pastCoexistence = لم يعد يُعتدّ بالمواصفة { $stated }: فقد حلت محلها { $listed }، وكان يُعتدّ بكلتيهما حتى { $coexistsUntil }.
    .ask = اطلب تقييمًا وفق { $listed }.
standard-coexistenceUnclear = لا يُعرف بدقة هل ما زال يُعتدّ بالمواصفة { $stated } إلى جانب { $listed } في ذلك اليوم.
    .ask = اسأل هيئة التقييس حتى متى يُعتدّ بالطبعتين.
standard-declaredByIssuersSide = تقابل { $stated } المواصفة { $listed } بحسب قول جانب المُصدِر، { $declaredBy }؛ ولم يقل المقصد ذلك.
    .ask = اسأل سلطة المقصد هل توافق.
standard-noStatement = لا يمكن الجزم بما إذا كان هناك قول آخر ناقص عن المواصفة: { $statement }.
    .ask = اطلب من عقدة حزمة فيها تصريح بالحالة.
standard-notAsked = المواصفة هي المسمّاة، أو لم تُسمَّ أي مواصفة.

## importRule

importRule-nothingRequired = لا تطلب { $economy } شيئًا لهذا المنتج: «{ $title }».
importRule-answered = تستوفي ما تطلبه { $economy } لهذا المنتج: «{ $title }».
importRule-stillAsked = تطلب { $economy } المزيد لهذا المنتج: { $missing } («{ $title }»).
    .ask = استوفِ ما لا يزال مطلوبًا؛ وكل بند يسمّي قاعدته.
importRule-accepted = تقبلها { $economy } بقاعدتها الخاصة: «{ $title }».
importRule-refused = ترفضها { $economy } بقاعدتها الخاصة: «{ $title }»، على أساس { $legalBasis }.
    .ask = اسأل سلطة المقصد أي الشهادات تقبل.
importRule-productNotSaid = لدى { $economy } قواعد لبعض المنتجات؛ ولا يمكن الجزم بأيها ينطبق من دون رمز المنتج.
    .ask = اذكر رمز النظام المنسق للمنتج.
importRule-needsReading = لا بد من القراءة لمعرفة هل تخص قاعدة من { $economy } هذا المنتج: «{ $title }».
    .ask = قارن المنتج بنص القاعدة أو اسأل سلطة المقصد.
importRule-inForceUnclear = لا يُعرف بدقة هل قاعدة من { $economy } سارية في ذلك اليوم: «{ $title }».
    .ask = اسأل سلطة المقصد.
importRule-noStatement = لا يمكن الجزم بما إذا كانت هناك قاعدة ناقصة للمقصد أو نهاية لقاعدة: { $statement }.
    .ask = اطلب من عقدة حزمة فيها تصريح بالحالة.
importRule-notAsked = لا توجد هنا قاعدة للمقصد لهذا المنتج.

## claims

claims-none = لا تدّعي أي ترتيب.
claims-confirmed = تدّعي { $claimed }، وهو ما تبيّن فعلًا.
claims-differ = تدّعي { $claimed }؛ والذي تبيّن: { $found }.
    .ask = اسأل المُصدِر علامَ يستند هذا الادعاء.
claims-notAsked = لم تُفحص الادعاءات.

# Check a list.
list-title = تحقق من قائمة
list-lead = الصق قائمة شهادات أو ارفعها. لكل صف جوابه، والأسوأ يأتي أولًا.
list-columns = يسمي السطر الأول الأعمدة: الرقم، وإن توفرت جهة الإصدار والمنتج والبلد واليوم، بأي من اللغات الخمس. تفصل بين الخلايا فواصل أو فواصل منقوطة أو علامات جدولة. قائمة الأرقام وحدها لا تحتاج إلى سطر أول.
list-kept = تُقرأ قائمتك مرة واحدة ويُجاب عنها ثم تُنسى. لا يُحفظ منها شيء هنا.
list-most = بحد أقصى { $rows } صف و{ $size } ميغابايت في المرة. للقوائم الأطول: comity check LIST.csv.
list-paste = الصق القائمة
list-file = أو اختر ملفًا (CSV بترميز UTF-8)
list-missing = حيث لا يذكره الصف
list-check = تحقق من القائمة
list-download = الأجوبة بصيغة CSV
list-count = { $count ->
    [zero] لا صفوف ({ $count })
    [one] صف واحد ({ $count })
    [two] صفان ({ $count })
    [few] { $count } صفوف
    [many] { $count } صفًا
   *[other] { $count } صف
}
list-not-compared = لم يُقارن شيء في هذه الأعمدة: { $columns }
list-line = السطر
list-result = النتيجة
list-number = الرقم
list-where = المكان واليوم
list-why = السبب
list-reference = المرجع
list-not-asked = لم يُسأل عنه
list-failed = بلا جواب
list-failed-why = نفد وقت العقدة قبل هذا الصف. أرسله مرة أخرى.
list-warned = تحذير ساري المفعول
list-words = المنتج مكتوب بالكلمات ولم يُقارن.
list-condition = الشرط: { $condition }
list-no-number = لا رقم في هذا الصف.
list-no-place = لم يُذكر أين يُراد الاعتداد به.
list-unknown-place = لا يوجد اقتصاد باسم «{ $place }». اكتب رمزه، مثل JP.
list-unreadable-day = «{ $day }» ليس يومًا أو يُقرأ بطريقتين. اكتبه هكذا: 2026-11-28.
list-unreadable-code = «{ $code }» ليس رمزًا في النظام المنسق.
list-illegible = في هذا الصف خلية طويلة جدًا أو فيها محارف لا يمكن عرضها.
list-too-many-cells = في الصف { $found } خلية تحت { $columns } عنوان. الخلية التي فيها الفاصل يجب أن تكون بين علامتي اقتباس.
list-trouble = لا يمكن قراءة هذه القائمة
list-empty = لا شيء فيها.
list-too-large = حجمها أكبر من { $most } ميغابايت.
list-too-many-rows = صفوفها أكثر من { $most }. قسّمها.
list-too-many-columns = أعمدتها أكثر من { $most }.
list-not-utf8 = السطر { $line } ليس نصًا بترميز UTF-8. احفظ القائمة بصيغة «CSV UTF-8» وحاول مجددًا.
list-no-column = لا عمود باسم «الرقم». السطر الأول هو: { $headings }.
list-twice = عمودان باسم «{ $heading }».
list-open-quote = علامة اقتباس في الصف الذي يبدأ في السطر { $line } لم تُغلق.
list-unreadable = لا يمكن تمييز صفوفها وخلاياها.
list-busy = العقدة تجيب عن قوائم أخرى الآن. حاول بعد دقيقة.

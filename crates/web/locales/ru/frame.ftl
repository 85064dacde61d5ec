# What stands around every page.
frame-skip = К содержанию
frame-search = Номер, организация, продукция, стандарт или код ТН ВЭД (HS)
frame-search-short = Номер, компания, товар
frame-go = Найти
colon = {": "}
frame-pages = Страницы
frame-search-page = Поиск по всем записям
frame-economies = Страны и экономики
frame-arrangements = Кто кого признаёт
frame-log = Журнал
frame-guide = Публикация
frame-help = Справка
frame-languages = Языки
frame-demo = ДЕМО: вымышленный мир. Здесь нет ни одной настоящей записи.
frame-as-of = В собственном журнале этого узла { $size ->
    [one] { $size } запись
    [few] { $size } записи
   *[many] { $size } записей
} по состоянию на { $day }, { $time } UTC.
frame-authentic = Подлинным является только подписанный файл. Страница — это копия для удобного чтения.
frame-api = Для программ
frame-this-page-as-data = Эта страница в виде данных
frame-privacy = Что о вас хранится
period = с { $from } по { $until }
period-open = с { $from }, без даты окончания
ask-in = Где используется
ask-any = Любая страна или экономика
ask-choose = Выберите страну или экономику
ask-hs = Код ТН ВЭД (HS) продукции
ask-on = На дату
ask-printed = Сверить ещё что-то из вашего документа
ask-again = Проверить
trouble-home = Главная страница
trouble-question = Вопрос не удаётся прочитать
trouble-parameter-detail = «{ $value }» нельзя прочитать как { $name }. Вернитесь и исправьте.
trouble-failed = Сейчас ответа нет
trouble-failed-detail = Узел не смог ответить. Ничего не потеряно. Повторите через минуту.
trouble-no-page = Такой страницы нет
trouble-no-page-detail = Адрес мог быть написан с ошибкой или взят из более новой версии. Начните с главной страницы.
trouble-no-record = Этой записи здесь нет
trouble-no-record-detail = На этом узле нет записи «{ $id }». Это не значит, что сертификат поддельный. Проверьте каждый знак или ищите по номеру.
trouble-taken-down = Содержание этой записи не выдаётся
trouble-taken-down-detail = Орган, ведущий журнал, своим распоряжением прекратил выдачу содержания. Строка в журнале остаётся.
several-title = Под этим именем есть несколько записей
several-lead = Одно и то же имя носят записи разных подписавших или с разным содержанием. Выберите ту, чей подписавший указан в вашем документе.

# Search.
search-count = { $count ->
    [one] { $count } запись
    [few] { $count } записи
   *[many] { $count } записей
}
search-count-for = { $records } по запросу «{ $words }»
search-facet-status = Статус
search-facet-kind = Вид записи
search-facet-economy = Страна или экономика выдавшего органа
search-facet-standard = Стандарт
search-facet-hs = Группа ТН ВЭД (HS)
search-facet-year = Год выдачи
search-facet-count = { $count }
search-sort = Порядок
search-sort-relevance = Сначала самые подходящие
search-sort-newest = Сначала новые
search-sort-expiring = Сначала истекающие
search-sort-logged = Сначала недавно опубликованные
search-current = Текущий поиск
search-remove = Убрать
search-did-you-mean = По введённому ничего не найдено. Показано:
search-similar = Точно такого номера нет. Номера, похожие на него или отличающиеся одной цифрой:
search-letters-latin = Некоторые из введённых букв — латинские. В номере ниже на их местах стоят буквы другого алфавита, которые выглядят так же.
search-letters-cyrillic = Некоторые из введённых букв — кириллические. В номере ниже на их местах стоят буквы другого алфавита, которые выглядят так же.
search-letters-greek = Некоторые из введённых букв — греческие. В номере ниже на их местах стоят буквы другого алфавита, которые выглядят так же.
search-wrong = { $name }: «{ $value }» нельзя прочитать, это условие не учтено.
search-wrong-hs = Для поиска код ТН ВЭД (HS) состоит из 2, 4, 6, 8 или 10 цифр.
search-results = Результаты
search-judged-for = Каждый ответ относится к следующему: { $economy }, { $day }.
search-unsearchable = Искать нечего
search-unsearchable-detail = Во введённом нет ни буквы, ни цифры. Введите номер, организацию, продукцию, стандарт или код ТН ВЭД (HS).
search-nothing = Ничего не найдено. Это не значит, что сертификат поддельный: возможно, он здесь не опубликован. Проверьте каждый знак или уберите одно из условий.
search-next = Следующая страница
search-narrow = Уточнить поиск
search-data = Эти результаты в виде данных:
search-follow = Подписка:
search-only = Только то, что там признаётся
search-only-chip = Только признаваемое: { $economy }
search-only-choose = Выберите, где это должно признаваться, чтобы видеть только признаваемое там.
search-counting = { $economy }: что там признаётся
search-counting-for = { $economy }: что там признаётся по запросу «{ $words }»
search-counting-nothing = Из рассмотренного там ничего не признаётся. Это не значит, что не признаётся ничего: нужное может быть здесь не опубликовано или стоять дальше.
search-counting-next = Рассмотреть дальше
search-group-recognised = Признаётся
search-group-conditions = Признаётся с условиями
search-group-results = Признаются только результаты
search-codes = Вероятный код товара по этим словам:
search-number-code = Как код ТН ВЭД (HS) это продукция:
search-derived = Вероятный код по названию, не заявлен:
search-taken-down = Запись с этим номером была опубликована и снята { $day }.
search-taken-down-ground = Указанное основание
search-taken-down-ask = Заменяет ли её другая запись, спросите здесь
search-noticed = Сообщений: { $count }. Самое серьёзное: { $sort }.

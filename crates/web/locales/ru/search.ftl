# Search.
search-count = { $count ->
    [one] { $count } запись
    [few] { $count } записи
   *[many] { $count } записей
}
search-count-for = { $records } по запросу «{ $words }»
search-facet-status = Статус
search-facet-kind = Вид записи
search-facet-economy = Экономика
search-facet-standard = Стандарт
search-facet-hs = Группа HS
search-facet-year = Год выдачи
search-facet-count = { $count }
search-sort = Порядок
search-sort-relevance = Сначала самые подходящие
search-sort-newest = Сначала новые
search-sort-expiring = Сначала истекающие
search-current = Текущий поиск
search-remove = Убрать
search-did-you-mean = По введённому ничего не найдено. Показано:
search-results = Результаты
search-nothing = Ничего не найдено. Это не значит, что сертификат поддельный: возможно, он здесь не опубликован. Проверьте каждый знак или уберите одно из условий.
search-next = Следующая страница
search-narrow = Уточнить поиск

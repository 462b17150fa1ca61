-- params: names
-- returns: list match name level exceptions
select e.list_code as list, e.match, e.name, e.level, e.exceptions
from status_entry e
where e.name in (select jsonb_array_elements_text(cast(:names as jsonb)))
order by e.list_code, e.match, e.name

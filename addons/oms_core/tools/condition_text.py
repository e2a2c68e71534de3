# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A domain as people say it: "Total > 500 and Country is Belgium"."""

from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition, DomainNot, DomainOr


def describe_domains(model, domains):
    """One sentence for each domain; names of records are read once for all.

    :param model: an empty recordset of the model that the domains speak of
    :param domains: list of ``Domain``
    """
    text = ConditionText(model.env, _read_names(model, domains))
    return [text.describe(model, domain) for domain in domains]


def _read_names(model, domains):
    """{(model, id): name} of the records that conditions name."""
    wanted = {}
    for domain in domains:
        for condition in domain.iter_conditions():
            field = _get_path(model, condition.field_expr)[-1]
            values = condition.value
            if field is None or not field.relational or isinstance(values, Domain):
                continue
            ids = values if isinstance(values, (list, tuple, set)) else [values]
            wanted.setdefault(field.comodel_name, set()).update(
                i for i in ids if isinstance(i, int) and not isinstance(i, bool)
            )
    return {
        (name, record.id): record.display_name
        for name, ids in wanted.items()
        for record in model.env[name].browse(sorted(ids)).exists()
    }


def _get_path(model, expression):
    """The fields of "partner_id.country_id"; None where one does not exist."""
    fields = []
    for name in expression.split("."):
        field = model._fields.get(name) if model is not None else None
        fields.append(field)
        relational = field is not None and field.relational
        model = model.env[field.comodel_name] if relational else None
    return fields


class ConditionText:
    """Says domains in the reader's language."""

    def __init__(self, env, names):
        self.env = env
        self.names = names
        self.operators = {
            "=": env._("is"),
            "!=": env._("is not"),
            "in": env._("is"),
            "not in": env._("is not"),
            "ilike": env._("contains"),
            "not ilike": env._("does not contain"),
            "=ilike": env._("is like"),
            "child_of": env._("is or is below"),
            "parent_of": env._("is or is above"),
        }

    def describe(self, model, domain):
        if domain.is_true():
            return self.env._("every order")
        if domain.is_false():
            return self.env._("no order")
        if isinstance(domain, DomainCondition):
            return self._describe_condition(model, domain)
        if isinstance(domain, DomainNot):
            return self.env._("not (%s)", self.describe(model, domain.child))
        if isinstance(domain, DomainAnd):
            parts = (self._describe_part(model, part) for part in domain.children)
            return self.env._(" and ").join(parts)
        if isinstance(domain, DomainOr):
            parts = (self.describe(model, part) for part in domain.children)
            return self.env._(" or ").join(parts)
        return str(domain)

    def _describe_part(self, model, domain):
        text = self.describe(model, domain)
        return f"({text})" if isinstance(domain, DomainOr) else text

    def _describe_condition(self, model, condition):
        path = _get_path(model, condition.field_expr)
        label = self._get_label(path, condition.field_expr.split("."))
        field, value, operator = path[-1], condition.value, condition.operator
        if field and field.type == "boolean":
            yes = bool(value) == (operator in ("=", "in"))
            return label if yes else self.env._("not %s", label)
        if value is False or value is None:
            given = operator in ("!=", "not in")
            return (
                self.env._("%s is set", label)
                if given
                else self.env._("%s is empty", label)
            )
        if operator in ("any", "not any"):
            return self._describe_inner(model, field, label, operator, value)
        words = self.operators.get(operator, operator)
        return f"{label} {words} {self._describe_value(field, value)}"

    def _get_label(self, path, names):
        return " / ".join(
            field.get_description(self.env, ["string"])["string"] if field else name
            for field, name in zip(path, names, strict=True)
        )

    def _describe_inner(self, model, field, label, operator, value):
        inner = self.env[field.comodel_name] if field else model
        text = self.describe(inner, Domain(value))
        if operator == "any":
            return self.env._("%(label)s with %(inner)s", label=label, inner=text)
        return self.env._("no %(label)s with %(inner)s", label=label, inner=text)

    def _describe_value(self, field, value):
        if isinstance(value, (list, tuple, set)):
            texts = [self._describe_value(field, item) for item in value]
            return self.env._(" or ").join(texts)
        if field and field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, str(value))
        if field and field.relational and isinstance(value, int):
            deleted = self.env._("(deleted)")
            return self.names.get((field.comodel_name, value), deleted)
        if isinstance(value, float):
            return f"{value:g}"
        return f"“{value}”" if isinstance(value, str) else str(value)

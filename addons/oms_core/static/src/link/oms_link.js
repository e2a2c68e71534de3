import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const formatters = registry.category("formatters");

/**
 * A value that leads to the records behind it. Options: `method` is called on the
 * record and returns the action; `hide_zero` shows nothing for 0.
 */
export class OmsLinkField extends Component {
    static template = "oms_core.LinkField";
    static props = {
        ...standardFieldProps,
        method: String,
        hideZero: { type: Boolean, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get isShown() {
        return this.value === 0 ? !this.props.hideZero : Boolean(this.value);
    }

    get text() {
        const { type } = this.props.record.fields[this.props.name];
        return formatters.get(type)(this.value);
    }

    async onClick() {
        const { resModel, resId } = this.props.record;
        this.action.doAction(await this.orm.call(resModel, this.props.method, [[resId]]));
    }
}

export const omsLinkField = {
    component: OmsLinkField,
    supportedTypes: ["char", "integer"],
    extractProps: ({ options }) => ({
        method: options.method,
        hideZero: Boolean(options.hide_zero),
    }),
};

registry.category("fields").add("oms_link", omsLinkField);

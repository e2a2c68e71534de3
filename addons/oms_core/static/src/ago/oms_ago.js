import { Component } from "@odoo/owl";
import { formatDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** How long ago, or in how long, a moment is; the moment itself on hover. */
export class OmsAgoField extends Component {
    static template = "oms_core.AgoField";
    static props = { ...standardFieldProps };

    get value() {
        return this.props.record.data[this.props.name];
    }

    get relative() {
        return this.value.toRelative();
    }

    get absolute() {
        return formatDateTime(this.value);
    }
}

export const omsAgoField = { component: OmsAgoField, supportedTypes: ["datetime"] };

registry.category("fields").add("oms_ago", omsAgoField);

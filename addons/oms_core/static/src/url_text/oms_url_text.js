import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * A text that links to where another field says, as a tracking number to its
 * carrier's page. Option `url_field` names that field.
 */
export class OmsUrlTextField extends Component {
    static template = "oms_core.UrlTextField";
    static props = { ...standardFieldProps, urlField: String };

    get text() {
        return this.props.record.data[this.props.name];
    }

    /** Only pages of the web: a carrier may give a list of links, or none. */
    get url() {
        const url = this.props.record.data[this.props.urlField] || "";
        return /^https?:\/\//i.test(url) ? url : false;
    }
}

export const omsUrlTextField = {
    component: OmsUrlTextField,
    supportedTypes: ["char"],
    extractProps: ({ options }) => ({ urlField: options.url_field }),
    fieldDependencies: ({ options }) => [
        { name: options.url_field, type: "char", readonly: true },
    ],
};

registry.category("fields").add("oms_url_text", omsUrlTextField);

import { Component } from "@odoo/owl";
import { formatFloat } from "@web/core/utils/numbers";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The places that a routing decision weighed: who ships, and why not the others. */
export class RoutingCandidates extends Component {
    static template = "oms_routing.RoutingCandidates";
    static props = { ...standardFieldProps };

    get candidates() {
        return this.props.record.data[this.props.name] || [];
    }

    get farthest() {
        return Math.max(1, ...this.candidates.map((place) => place.distance_km || 0));
    }

    /** Width of the bar, so that the farthest place fills the column. */
    share(place) {
        return Math.round((100 * (place.distance_km || 0)) / this.farthest);
    }

    distance(place) {
        if (place.distance_km === null) {
            return _t("unknown");
        }
        return _t("%s km", formatFloat(place.distance_km, { digits: [0, 0] }));
    }

    quantity(value) {
        return formatFloat(value, { digits: [0, Number.isInteger(value) ? 0 : 2] });
    }

    ships(place) {
        return place.lines.filter((line) => line.ships);
    }
}

registry.category("fields").add("oms_routing_candidates", {
    component: RoutingCandidates,
    displayName: _t("Places weighed by routing"),
    supportedTypes: ["json"],
});

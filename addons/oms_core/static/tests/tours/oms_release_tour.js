import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("oms_release_hold", {
    steps: () => [
        {
            content: "The held order is red in the list",
            trigger: ".o_data_row:contains('TOUR-1') .badge.text-bg-danger:contains('Address')",
        },
        {
            content: "Open it",
            trigger: ".o_data_row:contains('TOUR-1') td[name=partner_id]",
            run: "click",
        },
        {
            content: "The banner names the reason; release it",
            trigger: ".o_oms_hold_banner .alert:contains('no house number') .btn-primary",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit It is number 12",
        },
        {
            trigger: ".modal footer .btn-primary",
            run: "click",
        },
        {
            content: "The banner is gone",
            trigger: ".o_form_view:not(:has(.o_oms_hold_banner .alert))",
        },
        {
            content: "The timeline tells who released it and why",
            trigger: ".o_oms_event[data-kind=release]:contains('It is number 12')",
        },
        {
            content: "Only releases, please",
            trigger: ".o_oms_timeline button[data-kind=release]",
            run: "click",
        },
        {
            trigger: ".o_oms_timeline:not(:has(.o_oms_event[data-kind=hold]))",
        },
    ],
});

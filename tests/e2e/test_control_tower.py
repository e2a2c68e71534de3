# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import pytest
from playwright.sync_api import expect


@pytest.fixture
def tower(page, login):
    """The control tower, where the operations manager arrives."""
    login(page, "oms_manager")
    # The first page of a new database waits for its scripts to be bundled.
    page.locator(".o_oms_tiles").wait_for(timeout=60_000)
    return page


def test_manager_arrives_at_six_tiles(tower, screenshot):
    expect(tower.locator(".o_oms_tile")).to_have_count(6)
    screenshot("control tower")


def test_number_opens_as_many_records(tower):
    link = tower.locator("[data-link=open_orders]")
    number = link.inner_text().split()[0]
    link.click()
    expect(tower.locator(".o_list_view .o_pager_limit")).to_have_text(number)


def test_chosen_channel_is_remembered(tower):
    tower.select_option("select[name=channel]", label="Web Shop")
    tower.reload()
    chosen = tower.locator("select[name=channel] option:checked")
    expect(chosen).to_have_text("Web Shop")


def test_happening_is_shown_without_a_reload(tower, server):
    [order, *_others] = server.query(
        "SELECT id FROM sale_order WHERE oms_state = 'backordered' ORDER BY id"
    )
    params = {"model": "sale.order", "method": "action_cancel", "args": [[int(order)]]}
    answer = tower.request.post(
        "/web/dataset/call_kw", data={"params": {**params, "kwargs": {}}}
    )
    assert "error" not in answer.json(), answer.text()
    newest = tower.locator(".o_oms_feed li").first
    expect(newest).to_have_attribute("data-kind", "cancel", timeout=15_000)


def test_phone_shows_the_page_without_scrolling_sideways(tower, screenshot):
    tower.set_viewport_size({"width": 390, "height": 844})
    tower.reload()
    expect(tower.locator(".o_oms_tile").first).to_be_visible()
    screenshot("phone")
    assert tower.evaluate("document.documentElement.scrollWidth") == 390

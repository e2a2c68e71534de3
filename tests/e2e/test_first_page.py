# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from playwright.sync_api import expect


def test_login_page_leads_into_the_web_client(page, login, screenshot):
    login(page, "admin")
    expect(page.locator(".o_main_navbar")).to_be_visible()
    screenshot("after login")


def test_wrong_password_is_refused_in_words(page, server):
    page.goto("/web/login")
    page.fill("input[name=login]", "admin")
    page.fill("input[name=password]", "not the password")
    page.click("button[type=submit]")
    expect(page.locator(".alert-danger")).to_contain_text("Wrong login/password")


def test_health_is_told_without_a_login(page):
    response = page.request.get("/web/health")
    assert response.json() == {"status": "pass"}

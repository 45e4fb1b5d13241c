/** What the admin's theme leaves out for people without a mouse or without eyes.
 *
 * Its controls that answer to clicks only get a role, a place in the order of the Tab
 * key and the Enter key; those that show an icon only get a name. The theme hides a
 * page until its own scripts run, so that nobody meets it without this one. */

const CLICKED = "[x-on\\:click]:is(span, div, h2, h3, a:not([href])), label:has(> .hidden > .delete)";
const CLOSERS = "#changelist-filter-close";

// What is found so, is called so; "" takes the icon's own word away from the name.
const NAMES = [
  ["#nav-sidebar-inner", "Menu"],
  ["#header-inner span[x-on\\:click*=sidebar]", "Show or hide the menu"],
  ["#nav-sidebar-inner span[x-on\\:click*=sidebarMobileOpen]", "Close the menu"],
  ["#nav-sidebar-inner [x-on\\:click*=openUserLinks]", "Your account, light or dark"],
  ["nav[x-show=openUserLinks]", "Your account"],
  ["nav[x-show=openTheme]", "Light or dark"],
  ["[x-on\\:click*='openTheme = !openTheme']", "Light or dark"],
  ["#searchbar-submit", "Search"],
  ["#command-submit", "Search"],
  ["#search-input-command", "Search"],
  ["label:has(> .hidden > .delete)", "Remove this line"],
  [".inline-deletelink, .delete-template", "Remove this line"],
  ["#changelist form[role=search]", "This list"],
];

const press = (event) => {
  if (event.key !== "Enter" && event.key !== " ") return;
  if (event.target !== event.currentTarget) return;
  event.preventDefault();
  event.currentTarget.click();
};

const open = (element) => {
  if (element.matches(CLOSERS) || element.hasAttribute("tabindex")) return;
  element.tabIndex = 0;
  if (!/^H\d$/.test(element.tagName)) element.setAttribute("role", "button");
  element.addEventListener("keydown", press);
};

const name = (element, words) => {
  if (!element.hasAttribute("aria-label")) element.setAttribute("aria-label", words);
};

/** Mends all of it; again and again without harm. */
const mend = () => {
  document.querySelectorAll(CLICKED).forEach(open);
  for (const [found, words] of NAMES) {
    document.querySelectorAll(found).forEach((element) => name(element, words));
  }
  for (const icon of document.querySelectorAll(".material-symbols-outlined:not([aria-hidden])")) {
    if (!icon.matches(CLICKED)) icon.setAttribute("aria-hidden", "true");
  }
};

mend();
new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });

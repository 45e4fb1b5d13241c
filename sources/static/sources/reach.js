/** What the admin's theme leaves out for people without a mouse or without eyes.
 *
 * Its controls that answer to clicks only get a role, a place in the order of the Tab
 * key and the Enter key; those that show an icon only get a name. The theme hides a
 * page until its own scripts run, so that nobody meets it without this one. */

const CLICKED = "[x-on\\:click]:is(span, div, h2, h3, a:not([href]))";
const BACKGROUND = "#changelist-filter-close, .group\\/title";

// What is found so, is called so.
const NAMES = Object.entries({
  "#nav-sidebar-inner": "Menu",
  "#nav-sidebar-inner > div:first-child a": "To the first page",
  "#header-inner [x-on\\:click*=sidebar]": "Show or hide the menu",
  "#nav-sidebar-inner [x-on\\:click*=sidebarMobileOpen]": "Close the menu",
  "#nav-sidebar-inner [x-on\\:click*=openUserLinks]": "Your account, light or dark",
  "nav[x-show=openUserLinks]": "Your account",
  "nav[x-show=openTheme], [x-on\\:click*='openTheme = !openTheme']": "Light or dark",
  "#searchbar-submit, #command-submit, #search-input-command": "Search",
  "#searchbar": "Search this list",
  "[x-on\\:click*='showActions = !']": "What can be done here",
  "[x-on\\:click*=openRelatedWidget]": "Add, change or look at what is chosen",
  "input.delete": "Remove this line",
  ".select2-search__field": "Search",
});

const press = (event) => {
  if (event.key !== "Enter" && event.key !== " ") return;
  if (event.target !== event.currentTarget) return;
  event.preventDefault();
  event.currentTarget.click();
};

const open = (element) => {
  if (element.hasAttribute("tabindex") || element.matches(BACKGROUND)) return;
  if (/^H\d$/.test(element.tagName)) {
    openHeading(element);
    return;
  }
  element.tabIndex = 0;
  element.setAttribute("role", "button");
  element.addEventListener("keydown", press);
};

/** A heading stays one: what is in it becomes the button, whose click rises to it. */
const openHeading = (heading) => {
  if (heading.querySelector(".nd-opener")) return;
  const inner = document.createElement("span");
  inner.className = "nd-opener";
  inner.append(...heading.childNodes);
  heading.append(inner);
  open(inner);
};

const name = (element, words) => {
  if (words && element.getAttribute("aria-label") !== words) {
    element.setAttribute("aria-label", words);
  }
};

/** What the field is called: by its label, or by the head of its column. */
const label = (field) =>
  document.querySelector(`label[for="${CSS.escape(field.id)}"]`)?.textContent.replace("*", "").trim()
  || field.closest("[data-label]")?.dataset.label || "";

/** Boxes to choose in are named by what is chosen, and not at all when nothing is. */
const nameBox = (box) => {
  const field = box.previousElementSibling;
  const chosen = box.querySelector(".select2-selection__rendered");
  if (!field || !chosen) return;
  const words = chosen.textContent.replace("×", "").trim() || "nothing chosen";
  name(chosen, `${label(field)}: ${words}`);
};

/** Parts that scroll are all called alike by the theme. */
const nameScrolled = (part) => {
  const heading = part.closest("[aria-labelledby]")?.getAttribute("aria-labelledby");
  const words = heading && document.getElementById(heading)?.textContent.trim();
  const inside = part.closest("nav") ? "Menu" : part.closest("#changelist-filter") ? "Filters" : "List";
  name(part, `${words || inside}, scrolled`);
};

/** The column of the boxes that remove a line has no head. */
const headColumn = (cell) => {
  const words = document.createElement("span");
  words.className = "nd-unseen";
  words.textContent = "Remove";
  cell.append(words);
};

/** Mends all of it; again and again without harm. */
const mend = () => {
  document.querySelectorAll(CLICKED).forEach(open);
  // Icons are letters of a font: "inbox" is drawn, and must not be read.
  for (const icon of document.querySelectorAll(".material-symbols-outlined")) {
    const read = icon.ariaLabel || icon.tabIndex >= 0;
    if (!read && !icon.ariaHidden && icon.textContent.trim()) icon.ariaHidden = "true";
  }
  for (const [found, words] of NAMES) {
    for (const element of document.querySelectorAll(found)) name(element, words);
  }
  document.querySelectorAll(".select2-container").forEach(nameBox);
  document.querySelectorAll(".simplebar-content-wrapper[role=region]").forEach(nameScrolled);
  document.querySelectorAll("table.formset > thead th:not(:has(span))").forEach(headColumn);
  for (const hint of document.querySelectorAll(".help-tooltip[aria-label]:not([role])")) {
    hint.setAttribute("role", "img");
  }
};

let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    mend();
  });
}).observe(document.body, { childList: true, subtree: true });
mend();

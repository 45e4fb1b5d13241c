/** Focus on the field that asks for it, or on what is wrong, wherever it stands.
 *
 * The theme hides a page until its own scripts have run, and a browser gives up on
 * `autofocus` for what it finds hidden. */

const focus = () => {
  const wrong = document.querySelector("body:not(.login) #content .errornote");
  if (!wrong) return document.querySelector("#content [autofocus]")?.focus();
  wrong.tabIndex = -1;
  wrong.focus({ preventScroll: true });
  return wrong.scrollIntoView({ block: "start" });
};

document.addEventListener("alpine:initialized", focus);
focus();

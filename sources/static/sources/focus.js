/** Focus on the field that asks for it.
 *
 * The theme hides a page until its own scripts have run, and a browser gives up on
 * `autofocus` for what it finds hidden. */

const focus = () => document.querySelector("#content [autofocus]")?.focus();

document.addEventListener("alpine:initialized", focus);
focus();

// One box that ticks all rows of a list, and says how many are ticked.
const all = document.querySelector("[data-pick-all]");
const form = all.form;
const picked = form.querySelector("[data-picked]");
const rows = [...form.querySelectorAll("input[name=_selected_action]")];

function tell() {
  const number = rows.filter((row) => row.checked).length;
  all.checked = number === rows.length;
  all.indeterminate = number > 0 && number < rows.length;
  picked.textContent = `${number} of ${rows.length} ticked`;
}

all.addEventListener("change", () => {
  for (const row of rows) row.checked = all.checked;
  tell();
});
for (const row of rows) row.addEventListener("change", tell);
// A page that the browser shows again, after Back, still has its ticks.
addEventListener("pageshow", tell);
tell();

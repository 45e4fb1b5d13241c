// Light or dark, as the admin's theme keeps it. No module: it runs before anything is drawn.
{
  const KEPT = "adminTheme";
  const system = matchMedia("(prefers-color-scheme: dark)");

  const chosen = () => {
    try {
      return JSON.parse(localStorage.getItem(KEPT)) ?? "auto";
    } catch {
      return "auto";
    }
  };

  const wear = () => {
    const dark = chosen() === "dark" || (chosen() === "auto" && system.matches);
    document.documentElement.classList.toggle("dark", dark);
  };

  wear();
  system.addEventListener("change", wear);
  addEventListener("storage", wear); // it was chosen in another tab
  document.addEventListener("DOMContentLoaded", () => {
    const choice = document.getElementById("nd-theme");
    choice.value = chosen();
    choice.addEventListener("change", () => {
      localStorage.setItem(KEPT, JSON.stringify(choice.value));
      wear();
    });
  });
}

// Suggests the browser's own time zone, as long as nobody has chosen one.

const field = document.querySelector("[data-guess-zone]");
const guess = Intl.DateTimeFormat().resolvedOptions().timeZone;

if (field?.value === "" && [...field.options].some((option) => option.value === guess)) {
  field.value = guess;
}

/* Selects all rows of the list, and says how many are. The list works without. */
Behaviour.specify("form[name='change-gate-awaiting']", "change-gate-awaiting", 0, function (form) {
  const boxes = Array.from(form.querySelectorAll("input[type='checkbox'][name='id']"));
  const button = form.querySelector(".change-gate-select-all");
  const count = form.querySelector(".change-gate-selected-count");
  if (boxes.length === 0 || button === null) {
    return;
  }
  function tell() {
    const selected = boxes.filter((box) => box.checked).length;
    const words = selected === 1 ? count.dataset.one : count.dataset.many;
    count.textContent = words.replace("#", selected);
  }
  button.hidden = false;
  button.addEventListener("click", function () {
    const all = boxes.every((box) => box.checked);
    boxes.forEach((box) => (box.checked = !all));
    tell();
  });
  form.addEventListener("change", tell);
  tell();
});

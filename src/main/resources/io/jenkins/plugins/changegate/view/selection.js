/* Keeps what is no part of a selection out of its address: empty fields, and what Jenkins adds to forms that send. */
Behaviour.specify("form.change-gate-filter[method='get']", "change-gate-selection", 0, function (form) {
  form.addEventListener("formdata", function (event) {
    const data = event.formData;
    for (const name of Array.from(data.keys())) {
      const others = name === "json" || name === document.head.dataset.crumbHeader;
      if (others || data.get(name) === "") {
        data.delete(name);
      }
    }
  });
});

/* What a form holds, by field name: read, compared, and put back. One way for radios, boxes, lists and text. */
(function () {
  "use strict";
  const indicia = (window.indicia = window.indicia || {});
  const OURS = ["csrfmiddlewaretoken", "version", "next", "autosave"];

  function fieldsOf(form, name) {
    return Array.prototype.filter.call(form.elements, function (field) { return field.name === name; });
  }

  /* Return {name: [values]} of all a person can type; a name whose boxes are all empty has []. */
  function read(form) {
    const found = {};
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!field.name || OURS.indexOf(field.name) !== -1 || field.type === "file" || field.tagName === "BUTTON") { return; }
      const values = (found[field.name] = found[field.name] || []);
      if (field.type === "checkbox" || field.type === "radio") {
        if (field.checked) { values.push(field.value); }
      } else {
        values.push(field.value);
      }
    });
    return found;
  }

  function same(one, other) { return JSON.stringify(one) === JSON.stringify(other); }

  /* Return what `mine` has other than `base`: the fields a person changed. */
  function changed(base, mine) {
    const found = {};
    Object.keys(mine).forEach(function (name) {
      if (!same(base[name] || [], mine[name])) { found[name] = mine[name]; }
    });
    return found;
  }

  /* Put values into the fields of one name. Returns false where the form has no such field. */
  function write(form, name, values) {
    const fields = fieldsOf(form, name);
    fields.forEach(function (field, number) {
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = values.indexOf(field.value) !== -1;
      } else {
        field.value = values.length > number ? values[number] : "";
      }
      const fold = field.closest("details");
      if (fold && !fold.open && !fold.classList.contains("checklist-details")) { fold.open = true; }
    });
    if (fields.length) { fields[0].dispatchEvent(new Event("change", { bubbles: true })); }
    return fields.length > 0;
  }

  /* Say what stands in the fields of one name as a person reads it: labels of what is chosen, or the text. */
  function inWords(form, name, values) {
    const said = [];
    fieldsOf(form, name).forEach(function (field, number) {
      if (field.type === "checkbox" || field.type === "radio") {
        if (values.indexOf(field.value) !== -1) { said.push(labelOf(field)); }
      } else if (field.tagName === "SELECT") {
        const option = Array.prototype.find.call(field.options, function (each) { return each.value === values[number]; });
        if (option && option.value) { said.push(option.text); }
      } else if (values[number]) {
        said.push(values[number]);
      }
    });
    return said.join("; ") || "nothing";
  }

  function labelOf(field) {
    const label = field.labels && field.labels[0];
    return label ? label.textContent.replace(/\s+/g, " ").trim() : field.value;
  }

  /* Name the field as the page does. */
  function title(form, name) {
    const field = fieldsOf(form, name)[0];
    if (!field) { return name; }
    const legend = field.closest("fieldset") && field.closest("fieldset").querySelector("legend");
    if ((field.type === "radio" || field.type === "checkbox") && legend) { return legend.textContent.replace(/\s+/g, " ").trim(); }
    return field.getAttribute("aria-label") || labelOf(field);
  }

  indicia.values = { read: read, same: same, changed: changed, write: write, inWords: inWords, title: title };
})();

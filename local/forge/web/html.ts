/** Writes texts into HTML. */

/** A text between tags. */
export function text(value: string): string {
  return value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** A text between the double quotes of an attribute. */
export function attribute(value: string): string {
  return text(value).replace(/"/g, '&quot;');
}

/** An `option` of a `select`. */
export function option(value: string, label: string): string {
  return `<option value="${attribute(value)}">${text(label)}</option>`;
}

/** What ids and words of Bitbucket look like: whatever else stands in their place is somebody's text, and is not taken. */

/** A repository's or a workspace's, with braces or without; it becomes part of storage keys. */
export const UUID_FORM = /^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;

/** A uuid of anything else, or an account id (`557058:…`, 24 hexadecimal digits, and older forms). */
export const ID_FORM = /^(\{[\w:.-]{1,128}\}|[\w:.-]{1,128})$/;

/** A commit's hash, whole or cut. */
export const COMMIT_FORM = /^\w{1,64}$/;

/** A state, a status or a type, such as `IN_PROGRESS` or `changes_requested`; Bitbucket's examples have `OPEN|MERGED`. */
export const WORD_FORM = /^[A-Za-z][\w|-]{0,39}$/;

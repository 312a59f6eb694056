/** Folded to lower case, without blanks, `_` and `-`. */
const SEX_MARKERS = /^(amel|amelogenin|[yx]indel|dys\d+[a-z/]*|dyf\d+[a-z]*|ygatah4|rs\d+|sry)$/;
const AMELOGENIN = /^amel(ogenin)?$/;

/** Whether a marker lies on X or Y: kits type them along, and they say nothing of kinship here. */
export function isSexMarker(name: string): boolean {
  return SEX_MARKERS.test(fold(name));
}

/** Whether a marker is the one that tells the sexes apart. */
export function isAmelogenin(name: string): boolean {
  return AMELOGENIN.test(fold(name));
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

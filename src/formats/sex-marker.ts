/** Folded to lower case, without blanks, `_` and `-`. */
const SEX_MARKERS = /^(amel|amelogenin|[yx]indel|dys\d+[a-z/]*|dyf\d+[a-z]*|ygatah4|rs\d+|sry)$/;

/** Whether a marker lies on X or Y: kits type them along, and they say nothing of kinship here. */
export function isSexMarker(name: string): boolean {
  return SEX_MARKERS.test(name.toLowerCase().replace(/[\s_-]/g, ''));
}

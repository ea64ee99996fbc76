/** Where things are: a site with its zones, and the portals between them. */
@NullMarked
package io.gatehouse.core.place;

import org.jspecify.annotations.NullMarked;

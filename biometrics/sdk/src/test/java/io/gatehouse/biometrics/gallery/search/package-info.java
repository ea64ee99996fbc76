@NullMarked
package io.gatehouse.biometrics.gallery.search;

import org.jspecify.annotations.NullMarked;

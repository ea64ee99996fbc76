/** What holds for the whole module, and what its tests share. */
@NullMarked
package io.gatehouse.devices.house;

import org.jspecify.annotations.NullMarked;

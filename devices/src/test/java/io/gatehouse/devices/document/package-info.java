@NullMarked
package io.gatehouse.devices.document;

import org.jspecify.annotations.NullMarked;

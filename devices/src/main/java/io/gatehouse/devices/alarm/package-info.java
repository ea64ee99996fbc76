/** The fire alarm: releases its doors at once, stays latched until it is reset by hand. */
@NullMarked
package io.gatehouse.devices.alarm;

import org.jspecify.annotations.NullMarked;

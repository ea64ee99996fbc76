package io.gatehouse.devices.house;

import io.gatehouse.core.house.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void devicesHoldsTheRulesOfTheHouse() {
        HouseRules.hold("devices");
    }
}

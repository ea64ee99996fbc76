/** Links to devices, the protocols spoken on them, what they drive, and simulators of all of it. Knows only core. */
module io.gatehouse.devices {
    requires transitive io.gatehouse.core;
    requires static transitive org.jspecify;
    requires com.fazecast.jSerialComm;
    requires jdk.net;

    exports io.gatehouse.devices.alarm;
    exports io.gatehouse.devices.card;
    exports io.gatehouse.devices.document;
    exports io.gatehouse.devices.door;
    exports io.gatehouse.devices.fleet;
    exports io.gatehouse.devices.fleet.firmware;
    exports io.gatehouse.devices.lcus;
    exports io.gatehouse.devices.lift;
    exports io.gatehouse.devices.link;
    exports io.gatehouse.devices.modbus;
    exports io.gatehouse.devices.reader;
    exports io.gatehouse.devices.relay;
    exports io.gatehouse.devices.scan;
    exports io.gatehouse.devices.sim;
    exports io.gatehouse.devices.sim.building;
    exports io.gatehouse.devices.sim.fault;
    exports io.gatehouse.devices.sim.session;
    exports io.gatehouse.devices.wiegand;
    exports io.gatehouse.devices.wiegand.pulse;
}

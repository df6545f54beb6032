"""Answers as `nvidia-smi` does, from a folder with a state: what tests pretend that a host has.

usage: pretended_smi.py FOLDER [arguments of nvidia-smi]

FOLDER/state.json is {"driver": "...", "gpus": [...]}; see `pretended-gpus.ts`, which writes it. Understood are the calls that
the runner makes: -L, -q -x, --query-gpu=FIELDS and --query-compute-apps=FIELDS with --format=csv,noheader,nounits and -i.
"""

import json
import sys
import time


def main(folder, arguments):
    with open(f"{folder}/state.json", encoding="utf-8") as file:
        state = json.load(file)
    if state.get("hangs"):
        time.sleep(3600)
    if state.get("fails"):
        print(state["fails"])
        return 9
    options = dict(word.partition("=")[::2] for word in arguments if word.startswith("--"))
    chosen = arguments[arguments.index("-i") + 1].split(",") if "-i" in arguments else None
    gpus = [gpu for gpu in state["gpus"] if chosen is None or gpu["uuid"] in chosen]
    if "-L" in arguments:
        listing(gpus)
    elif "-x" in arguments:
        xml(state["driver"], gpus)
    elif "--query-gpu" in options:
        return table(state["driver"], gpus, options["--query-gpu"].split(","))
    elif "--query-compute-apps" in options:
        processes(gpus, options["--query-compute-apps"].split(","))
    else:
        print(f"Invalid combination of input arguments: {arguments}")
        return 2
    return 0


def listing(gpus):
    for gpu in gpus:
        print(f"GPU {gpu['index']}: {gpu['name']} (UUID: {gpu['uuid']})")
        for number, slice_ in enumerate(gpu["mig"] or []):
            print(f"  MIG {slice_['profile']:<14} Device  {number}: (UUID: {slice_['uuid']})")


def xml(driver, gpus):
    print('<?xml version="1.0" ?>\n<!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v12.dtd">\n<nvidia_smi_log>')
    print(f"\t<driver_version>{driver}</driver_version>\n\t<attached_gpus>{len(gpus)}</attached_gpus>")
    for gpu in gpus:
        mode = "N/A" if gpu["mig"] is None else "Enabled"
        print(f'\t<gpu id="{gpu["bus"]}">\n\t\t<product_name>{gpu["name"]}</product_name>')
        print(f"\t\t<mig_mode>\n\t\t\t<current_mig>{mode}</current_mig>\n\t\t</mig_mode>\n\t\t<mig_devices>")
        for number, slice_ in enumerate(gpu["mig"] or []):
            print(f"\t\t\t<mig_device>\n\t\t\t\t<index>{number}</index>")
            print(f"\t\t\t\t<gpu_instance_id>{slice_['gi']}</gpu_instance_id>")
            print(f"\t\t\t\t<compute_instance_id>{slice_['ci']}</compute_instance_id>")
            memory("\t\t\t\t", slice_["memoryMiB"], 0)
            print("\t\t\t</mig_device>")
        print(f"\t\t</mig_devices>\n\t\t<uuid>{gpu['uuid']}</uuid>")
        print(f"\t\t<minor_number>{gpu['minor']}</minor_number>")
        print(f"\t\t<pci>\n\t\t\t<pci_bus_id>{gpu['bus']}</pci_bus_id>\n\t\t</pci>")
        memory("\t\t", gpu["memoryMiB"], gpu["usedMiB"])
        print("\t</gpu>")
    print("</nvidia_smi_log>")


def memory(indent, total, used):
    print(f"{indent}<fb_memory_usage>\n{indent}\t<total>{total} MiB</total>")
    print(f"{indent}\t<used>{used} MiB</used>\n{indent}</fb_memory_usage>")


def table(driver, gpus, fields):
    code = 0
    for gpu in gpus:
        if gpu["lost"] == "handle":
            print(f"Unable to determine the device handle for GPU{gpu['bus'][4:]}: Unknown Error")
            code = 255
            continue
        values = {
            "index": gpu["index"],
            "uuid": gpu["uuid"],
            "name": gpu["name"],
            "memory.total": gpu["memoryMiB"],
            "memory.used": gpu["usedMiB"],
            "driver_version": driver,
            "pci.bus_id": gpu["bus"],
            "temperature.gpu": 41,
            "utilization.gpu": gpu["utilisation"] if gpu["mig"] is None else "[N/A]",
            "power.draw": "[N/A]" if gpu["watts"] is None else f"{gpu['watts']:.2f}",
        }
        if gpu["lost"] == "cell":
            values |= {"temperature.gpu": "[GPU is lost]", "memory.used": "[GPU is lost]"}
        if gpu["lost"] != "gone":
            print(", ".join(str(values[field]) for field in fields))
    return code


def processes(gpus, fields):
    for gpu in gpus:
        for process in gpu["processes"]:
            values = {"gpu_uuid": gpu["uuid"], "pid": process["pid"], "used_gpu_memory": process["usedMiB"]}
            print(", ".join(str(values[field]) for field in fields))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
